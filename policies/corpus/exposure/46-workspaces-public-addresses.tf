# Every virtual desktop of the directory gets a public address.
# Source: https://docs.aws.amazon.com/workspaces/latest/adminguide/amazon-workspaces-internet-access.html
# Warns: the approvers decide
# Fault at: aws_workspaces_directory.address_fault
# Near miss at: aws_workspaces_directory.address_near

resource "aws_workspaces_directory" "address_fault" {
  directory_id = "d-9067abcdef"
  subnet_ids   = [aws_subnet.public_a.id, aws_subnet.public_b.id]
  ip_group_ids = [aws_workspaces_ip_group.desks_near.id]

  workspace_creation_properties {
    enable_internet_access              = true
    user_enabled_as_local_administrator = false
  }
}

resource "aws_workspaces_directory" "address_near" {
  directory_id = "d-9067abcdee"
  subnet_ids   = [aws_subnet.private_a.id, aws_subnet.private_b.id]
  ip_group_ids = [aws_workspaces_ip_group.desks_near.id]

  # They reach the internet through the NAT gateway.
  workspace_creation_properties {
    enable_internet_access              = false
    user_enabled_as_local_administrator = false
  }

  workspace_access_properties {
    device_type_web = "ALLOW"
  }
}
