# A group of its own, and a rule of somebody else's group.

variable "group_id" {
  description = "Group of a load balancer."
  type        = string
}

variable "vpc_id" {
  description = "VPC of the group."
  type        = string
}

resource "aws_security_group" "own" {
  name   = "shop-prod-own"
  vpc_id = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "https" {
  security_group_id = var.group_id
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"
  cidr_ipv4         = "0.0.0.0/0"
}
