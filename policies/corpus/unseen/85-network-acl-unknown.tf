# A network ACL admits remote administration from a range that is known only after the apply.
# Source: CKV_AWS_352, EC2.21
# Fault at: aws_network_acl_rule.nacl_unknown_fault
# Near miss at: aws_network_acl_rule.nacl_unknown_near

resource "terraform_data" "nacl_unknown" {
  input = "0.0.0.0/0"
}

resource "aws_subnet" "nacl_unknown" {
  vpc_id     = "vpc-0a1b2c3d4e5f60718"
  cidr_block = "10.85.1.0/24"

  tags = { Name = "shop-prod-nacl" }
}

resource "aws_network_acl" "nacl_unknown" {
  vpc_id = "vpc-0a1b2c3d4e5f60718"

  tags = { Name = "shop-prod-nacl" }
}

resource "aws_network_acl_rule" "nacl_unknown_fault" {
  network_acl_id = aws_network_acl.nacl_unknown.id
  protocol       = "tcp"
  rule_action    = "allow"
  from_port      = 22
  to_port        = 22
  rule_number    = 100
  cidr_block     = terraform_data.nacl_unknown.output
}

resource "aws_network_acl_rule" "nacl_unknown_near" {
  network_acl_id = aws_network_acl.nacl_unknown.id
  protocol       = "tcp"
  rule_action    = "allow"
  from_port      = 22
  to_port        = 22
  rule_number    = 110
  cidr_block     = try(coalesce(aws_subnet.nacl_unknown.cidr_block), "0.0.0.0/0")
}
