variable "name" {
  description = "Name of the parameter."
  type        = string
}

variable "lines" {
  description = "Lines of the parameter's value."
  type        = list(string)
}

resource "aws_ssm_parameter" "this" {
  name  = var.name
  type  = "String"
  value = join("\n", var.lines)
}
