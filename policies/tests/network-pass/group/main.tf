# One of two groups, chosen by a local, as published modules have it.

variable "vpc_id" {
  description = "VPC of the group."
  type        = string
}

variable "name" {
  description = "Name of the group."
  type        = string
}

variable "prefixed" {
  description = "Whether the name is a prefix."
  type        = bool
  default     = false
}

locals {
  group_id = var.prefixed ? aws_security_group.prefixed[0].id : aws_security_group.this[0].id
}

resource "aws_security_group" "this" {
  count  = var.prefixed ? 0 : 1
  name   = var.name
  vpc_id = var.vpc_id
}

resource "aws_security_group" "prefixed" {
  count       = var.prefixed ? 1 : 0
  name_prefix = var.name
  vpc_id      = var.vpc_id
}

resource "aws_security_group_rule" "https" {
  type              = "ingress"
  security_group_id = local.group_id
  from_port         = 443
  to_port           = 443
  protocol          = "tcp"
  cidr_blocks       = ["0.0.0.0/0"]
}

output "id" {
  description = "ID of the group."
  value       = try(aws_security_group.this[0].id, aws_security_group.prefixed[0].id)
}
