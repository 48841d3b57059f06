# A database's group admits a security group of a foreign account through a peering connection.
# Source: https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html, EC2.13
# Fault at: aws_vpc_security_group_ingress_rule.foreign_sg_fault
# Near miss at: aws_vpc_security_group_ingress_rule.foreign_sg_near

locals {
  foreign_sg = { owner = 999988887777, group = "sg-0f1e2d3c4b5a69788" }
}

resource "aws_security_group" "foreign_sg" {
  name        = "shop-prod-foreign-sg"
  description = "Database"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"
}

resource "aws_vpc_security_group_ingress_rule" "foreign_sg_fault" {
  security_group_id            = aws_security_group.foreign_sg.id
  description                  = "Reports"
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
  referenced_security_group_id = format("%d/%s", local.foreign_sg.owner, local.foreign_sg.group)
}

resource "aws_vpc_security_group_ingress_rule" "foreign_sg_near" {
  security_group_id            = aws_security_group.foreign_sg.id
  description                  = "Cluster members"
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
  referenced_security_group_id = aws_security_group.foreign_sg.id
}
