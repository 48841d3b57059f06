variable "name" {
  description = "Name of the group."
  type        = string
}

variable "vpc_id" {
  description = "VPC of the group."
  type        = string
}

resource "aws_security_group" "this" {
  count       = 1
  name        = var.name
  description = "Traffic of ${var.name}"
  vpc_id      = var.vpc_id
}

output "id" {
  description = "Identifier of the group."
  value       = try(aws_security_group.this[0].id, "")
}
