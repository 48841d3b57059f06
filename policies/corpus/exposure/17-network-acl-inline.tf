# An inline network ACL of the database subnets lets all IPv6 traffic in.
# Source: EC2.21, AVD-AWS-0105
# Warns: the approvers decide
# Fault at: aws_network_acl.inline_fault
# Near miss at: aws_network_acl.inline_near

resource "aws_network_acl" "inline_fault" {
  vpc_id     = aws_vpc.shop.id
  subnet_ids = [aws_subnet.data_a.id]

  ingress {
    rule_no         = 100
    action          = "allow"
    protocol        = "-1"
    ipv6_cidr_block = "::/0"
    from_port       = 0
    to_port         = 0
  }
}

resource "aws_network_acl" "inline_near" {
  vpc_id     = aws_vpc.shop.id
  subnet_ids = [aws_subnet.data_b.id]

  ingress {
    rule_no         = 90
    action          = "deny"
    protocol        = "-1"
    ipv6_cidr_block = "::/0"
    from_port       = 0
    to_port         = 0
  }

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    cidr_block = "10.20.0.0/16"
    from_port  = 5432
    to_port    = 5432
  }
}
