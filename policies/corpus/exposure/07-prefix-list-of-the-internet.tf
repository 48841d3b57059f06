# A prefix list that contains the whole internet may reach SSH.
# Source: AVD-AWS-0107, https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html
# Fault at: aws_ec2_managed_prefix_list_entry.list_fault
# Near miss at: aws_vpc_security_group_ingress_rule.list_near

resource "aws_ec2_managed_prefix_list" "partners" {
  name           = "shop-prod-partners"
  address_family = "IPv4"
  max_entries    = 5
}

resource "aws_ec2_managed_prefix_list_entry" "list_fault" {
  prefix_list_id = aws_ec2_managed_prefix_list.partners.id
  cidr           = "0.0.0.0/0"
  description    = "Partners"
}

resource "aws_ec2_managed_prefix_list" "offices" {
  name           = "shop-prod-offices"
  address_family = "IPv4"
  max_entries    = 5

  entry {
    cidr        = "203.0.113.0/28"
    description = "Berlin"
  }

  entry {
    cidr        = "198.51.100.16/28"
    description = "Lisbon"
  }
}

resource "aws_security_group" "support" {
  name        = "shop-prod-support"
  description = "Support hosts"
  vpc_id      = aws_vpc.shop.id
}

resource "aws_vpc_security_group_ingress_rule" "partners" {
  security_group_id = aws_security_group.support.id
  description       = "Partners"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  prefix_list_id    = aws_ec2_managed_prefix_list.partners.id
}

resource "aws_vpc_security_group_ingress_rule" "list_near" {
  security_group_id = aws_security_group.support.id
  description       = "Offices"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  prefix_list_id    = aws_ec2_managed_prefix_list.offices.id
}
