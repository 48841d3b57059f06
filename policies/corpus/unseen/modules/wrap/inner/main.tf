variable "security_group_id" {
  description = "Group to which the rule belongs."
  type        = string
}

variable "rule" {
  description = "From port, to port, protocol and description."
  type        = list(string)
}

variable "cidr_blocks" {
  description = "Sources."
  type        = list(string)
}

resource "aws_security_group_rule" "this" {
  count = length(var.cidr_blocks) > 0 ? 1 : 0

  type              = "ingress"
  security_group_id = var.security_group_id
  from_port         = var.rule[0]
  to_port           = var.rule[1]
  protocol          = var.rule[2]
  description       = var.rule[3]
  cidr_blocks       = var.cidr_blocks
}
