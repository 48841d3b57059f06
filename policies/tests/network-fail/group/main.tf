# Two groups that both exist: nobody can say which of them the rule is for.

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
  count  = 1
  name   = var.name
  vpc_id = var.vpc_id
}

resource "aws_security_group" "prefixed" {
  count       = 1
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
