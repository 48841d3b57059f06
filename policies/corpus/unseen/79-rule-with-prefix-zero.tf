# The address of a NAT gateway gets the prefix length 0 in a rule, which opens a database to the internet.
# Source: EC2.19
# Fault at: aws_vpc_security_group_ingress_rule.rule_zero_fault
# Near miss at: aws_vpc_security_group_ingress_rule.rule_zero_near

resource "aws_eip" "rule_zero" {
  domain = "vpc"
}

resource "aws_security_group" "rule_zero" {
  name        = "shop-prod-rule-zero"
  description = "Database"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"
}

resource "aws_vpc_security_group_ingress_rule" "rule_zero_fault" {
  security_group_id = aws_security_group.rule_zero.id
  description       = "Reports through the NAT gateway"
  ip_protocol       = "tcp"
  from_port         = 5432
  to_port           = 5432
  cidr_ipv4         = "${aws_eip.rule_zero.public_ip}/0"
}

resource "aws_vpc_security_group_ingress_rule" "rule_zero_near" {
  security_group_id = aws_security_group.rule_zero.id
  description       = "Reports through the NAT gateway"
  ip_protocol       = "tcp"
  from_port         = 5432
  to_port           = 5432
  cidr_ipv4         = "${aws_eip.rule_zero.public_ip}/32"
}
