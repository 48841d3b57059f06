# Every user of the virtual desktops is an administrator on them.
# Source: https://docs.aws.amazon.com/workspaces/latest/adminguide/update-directory-details.html#local-admin-setting, CIS Control 5.4
# Fault at: aws_workspaces_directory.desk_fault
# Near miss at: aws_workspaces_directory.desk_near

resource "aws_workspaces_directory" "desk_fault" {
  directory_id = "d-9067a1b2c3"
  subnet_ids   = [aws_subnet.work_a.id, aws_subnet.work_b.id]
  workspace_access_properties {
    device_type_web = "DENY"
  }
  workspace_creation_properties {
    enable_internet_access              = false
    enable_maintenance_mode             = true
    user_enabled_as_local_administrator = true
  }
  tags = { Name = "shop-prod-desk-fault" }
}

resource "aws_workspaces_directory" "desk_near" {
  directory_id = "d-9067a1b2c4"
  subnet_ids   = [aws_subnet.work_a.id, aws_subnet.work_b.id]
  workspace_access_properties {
    device_type_web = "DENY"
  }
  workspace_creation_properties {
    enable_internet_access              = false
    enable_maintenance_mode             = true
    user_enabled_as_local_administrator = false
  }
  tags = { Name = "shop-prod-desk-near" }
}
