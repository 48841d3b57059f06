# A rule opens port 22 to a prefix list of the same plan that contains the internet.
# Source: CKV_AWS_24, EC2.13
# Fault at: aws_ec2_managed_prefix_list_entry.plist_fault
# Near miss at: aws_vpc_security_group_ingress_rule.plist_near
# Near miss at: aws_ec2_managed_prefix_list.plist_b

resource "aws_ec2_managed_prefix_list" "plist_a" {
  name           = "shop-prod-plist-a"
  address_family = "IPv4"
  max_entries    = 5
}

resource "aws_ec2_managed_prefix_list_entry" "plist_fault" {
  prefix_list_id = aws_ec2_managed_prefix_list.plist_a.id
  cidr           = "0.0.0.0/0"
  description    = "Offices"
}

resource "aws_ec2_managed_prefix_list" "plist_b" {
  name           = "shop-prod-plist-b"
  address_family = "IPv4"
  max_entries    = 5

  entry {
    cidr        = "10.0.0.0/8"
    description = "Offices"
  }
}

resource "aws_security_group" "plist" {
  name        = "shop-prod-plist"
  description = "Hosts"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"
}

resource "aws_vpc_security_group_ingress_rule" "plist_a" {
  security_group_id = aws_security_group.plist.id
  description       = "SSH from the offices"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  prefix_list_id    = aws_ec2_managed_prefix_list.plist_a.id
}

resource "aws_vpc_security_group_ingress_rule" "plist_near" {
  security_group_id = aws_security_group.plist.id
  description       = "SSH from the offices"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  prefix_list_id    = aws_ec2_managed_prefix_list.plist_b.id
}
