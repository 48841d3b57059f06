# A rule lets every protocol in from every address.
# Source: EC2.18, CKV_AWS_277
# Fault at: aws_vpc_security_group_ingress_rule.anything_fault
# Near miss at: aws_vpc_security_group_ingress_rule.anything_near

resource "aws_security_group" "nodes" {
  name        = "shop-prod-nodes"
  description = "Nodes"
  vpc_id      = aws_vpc.shop.id
}

resource "aws_vpc_security_group_ingress_rule" "anything_fault" {
  security_group_id = aws_security_group.nodes.id
  description       = "Nodes"
  ip_protocol       = "-1"
  cidr_ipv6         = "::/0"
}

resource "aws_vpc_security_group_ingress_rule" "anything_near" {
  security_group_id            = aws_security_group.nodes.id
  description                  = "Nodes talk to each other"
  ip_protocol                  = "-1"
  referenced_security_group_id = aws_security_group.nodes.id
}
