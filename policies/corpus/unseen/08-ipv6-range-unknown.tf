# A rule opens a database's port to an IPv6 range that is known only after the apply, and it is the internet.
# Source: EC2.19, EC2.54
# Fault at: aws_security_group_rule.ipv6_unknown_fault
# Near miss at: aws_security_group_rule.ipv6_unknown_near

resource "terraform_data" "ipv6_unknown" {
  input = "::/0"
}

resource "aws_vpc" "ipv6_unknown" {
  cidr_block                       = "10.31.0.0/16"
  assign_generated_ipv6_cidr_block = true

  tags = { Name = "shop-prod-ipv6" }
}

resource "aws_security_group" "ipv6_unknown" {
  name        = "shop-prod-ipv6"
  description = "Database"
  vpc_id      = aws_vpc.ipv6_unknown.id
}

resource "aws_security_group_rule" "ipv6_unknown_fault" {
  security_group_id = aws_security_group.ipv6_unknown.id
  description       = "Database from the network"
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 3306
  to_port           = 3306
  ipv6_cidr_blocks  = [terraform_data.ipv6_unknown.output]
}

resource "aws_security_group_rule" "ipv6_unknown_near" {
  security_group_id = aws_security_group.ipv6_unknown.id
  description       = "Database from the network"
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 3306
  to_port           = 3306
  ipv6_cidr_blocks  = [aws_vpc.ipv6_unknown.ipv6_cidr_block]
}
