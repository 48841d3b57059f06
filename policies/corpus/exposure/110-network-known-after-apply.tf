# SSH is open to a network that the plan does not show, because it passes through a resource first.
# Source: AVD-AWS-0107, https://developer.hashicorp.com/terraform/language/resources/terraform-data
# Fault at: aws_vpc_security_group_ingress_rule.unknown_fault
# Fault at: aws_security_group.unknown_fault
# Near miss at: aws_vpc_security_group_ingress_rule.unknown_near

resource "terraform_data" "office" {
  input = "0.0.0.0/0"
}

resource "aws_security_group" "unknown" {
  name        = "shop-prod-remote"
  description = "Remote access"
  vpc_id      = aws_vpc.shop.id
}

resource "aws_vpc_security_group_ingress_rule" "unknown_fault" {
  security_group_id = aws_security_group.unknown.id
  description       = "Office"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_ipv4         = terraform_data.office.output
}

# The plan shows neither the address nor the zero behind it, which stands for every address.
resource "aws_security_group" "unknown_fault" {
  name        = "shop-prod-remote-b"
  description = "Remote access"
  vpc_id      = aws_vpc.shop.id

  ingress {
    description = "NAT gateway"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["${aws_eip.nat.public_ip}/0"]
  }
}

# Not known before the apply either, but it is the VPC's own range.
resource "aws_vpc_security_group_ingress_rule" "unknown_near" {
  security_group_id = aws_security_group.unknown.id
  description       = "VPC"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_ipv6         = aws_vpc.shop.ipv6_cidr_block
}
