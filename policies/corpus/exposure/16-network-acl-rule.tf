# A network ACL lets everybody reach SSH in the private subnets.
# Source: EC2.21, CKV_AWS_232, AVD-AWS-0105
# Warns: the approvers decide
# Fault at: aws_network_acl_rule.ssh_fault
# Near miss at: aws_network_acl_rule.return_near

resource "aws_network_acl" "private" {
  vpc_id     = aws_vpc.shop.id
  subnet_ids = [aws_subnet.private_a.id, aws_subnet.private_b.id]
}

resource "aws_network_acl_rule" "ssh_fault" {
  network_acl_id = aws_network_acl.private.id
  rule_number    = 90
  egress         = false
  protocol       = "tcp"
  rule_action    = "allow"
  cidr_block     = "0.0.0.0/0"
  from_port      = 20
  to_port        = 23
}

# Network ACLs keep no state: replies to outgoing requests come back to these ports.
resource "aws_network_acl_rule" "return_near" {
  network_acl_id = aws_network_acl.private.id
  rule_number    = 100
  egress         = false
  protocol       = "tcp"
  rule_action    = "allow"
  cidr_block     = "0.0.0.0/0"
  from_port      = 32768
  to_port        = 60999
}
