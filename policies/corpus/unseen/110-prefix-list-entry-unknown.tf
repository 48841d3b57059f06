# A rule opens remote desktop to a prefix list whose only entry is known only after the apply.
# Source: CKV_AWS_25
# Fault at: aws_ec2_managed_prefix_list.pl_entry_fault
# Near miss at: aws_ec2_managed_prefix_list.pl_entry_near

resource "terraform_data" "pl_entry" {
  input = "0.0.0.0/0"
}

resource "aws_subnet" "pl_entry" {
  vpc_id     = "vpc-0a1b2c3d4e5f60718"
  cidr_block = "10.110.1.0/24"

  tags = { Name = "shop-prod-pl-entry" }
}

resource "aws_ec2_managed_prefix_list" "pl_entry_fault" {
  name           = "shop-prod-pl-entry-a"
  address_family = "IPv4"
  max_entries    = 2

  entry {
    cidr        = terraform_data.pl_entry.output
    description = "Offices"
  }
}

resource "aws_ec2_managed_prefix_list" "pl_entry_near" {
  name           = "shop-prod-pl-entry-b"
  address_family = "IPv4"
  max_entries    = 2

  dynamic "entry" {
    for_each = [aws_subnet.pl_entry.cidr_block]

    content {
      cidr        = entry.value
      description = "Offices"
    }
  }
}

resource "aws_security_group" "pl_entry" {
  name        = "shop-prod-pl-entry"
  description = "Hosts"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"
}

resource "aws_vpc_security_group_ingress_rule" "pl_entry" {
  for_each          = { a = aws_ec2_managed_prefix_list.pl_entry_fault.id, b = aws_ec2_managed_prefix_list.pl_entry_near.id }
  security_group_id = aws_security_group.pl_entry.id
  description       = "Remote desktop from the offices"
  ip_protocol       = "tcp"
  from_port         = 3389
  to_port           = 3389
  prefix_list_id    = each.value
}
