variable "name" {
  description = "Name of the activity."
  type        = string
}

resource "aws_sfn_activity" "this" {
  name = var.name
}
