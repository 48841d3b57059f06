# A condition that is decided only at the apply opens port 22 to the internet.
# Source: CKV_AWS_24
# Fault at: aws_vpc_security_group_ingress_rule.cond_unknown_fault
# Near miss at: aws_vpc_security_group_ingress_rule.cond_unknown_near

variable "cond_unknown_bastion" {
  description = "Security group of the bastion, if there is one already."
  type        = string
  default     = null
}

resource "aws_eip" "cond_unknown" {
  domain = "vpc"
}

resource "aws_security_group" "cond_unknown_bastion" {
  name        = "shop-prod-cond-bastion"
  description = "Bastion"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"
}

resource "aws_security_group" "cond_unknown" {
  name        = "shop-prod-cond-app"
  description = "Application hosts"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"
}

resource "aws_vpc_security_group_ingress_rule" "cond_unknown_fault" {
  security_group_id = aws_security_group.cond_unknown.id
  description       = "SSH from the office"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_ipv4         = aws_eip.cond_unknown.public_ip == "" ? "10.20.0.0/16" : "0.0.0.0/0"
}

resource "aws_vpc_security_group_ingress_rule" "cond_unknown_near" {
  security_group_id            = aws_security_group.cond_unknown.id
  description                  = "SSH from the bastion"
  ip_protocol                  = "tcp"
  from_port                    = 22
  to_port                      = 22
  referenced_security_group_id = var.cond_unknown_bastion == null ? aws_security_group.cond_unknown_bastion.id : var.cond_unknown_bastion
}
