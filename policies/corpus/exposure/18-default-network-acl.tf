# The default network ACL allows remote desktop before a later rule denies it.
# Source: EC2.21, CKV_AWS_231
# Warns: the approvers decide
# Fault at: aws_default_network_acl.order_fault
# Near miss at: aws_default_network_acl.order_near

resource "aws_default_network_acl" "order_fault" {
  default_network_acl_id = aws_vpc.side.default_network_acl_id

  ingress {
    rule_no    = 50
    action     = "allow"
    protocol   = "tcp"
    cidr_block = "0.0.0.0/0"
    from_port  = 3389
    to_port    = 3389
  }

  ingress {
    rule_no    = 100
    action     = "deny"
    protocol   = "tcp"
    cidr_block = "0.0.0.0/0"
    from_port  = 3389
    to_port    = 3389
  }
}

resource "aws_default_network_acl" "order_near" {
  default_network_acl_id = aws_vpc.shop.default_network_acl_id

  ingress {
    rule_no    = 50
    action     = "deny"
    protocol   = "tcp"
    cidr_block = "0.0.0.0/0"
    from_port  = 3389
    to_port    = 3389
  }

  ingress {
    rule_no    = 60
    action     = "allow"
    protocol   = "tcp"
    cidr_block = "0.0.0.0/0"
    from_port  = 443
    to_port    = 443
  }
}
