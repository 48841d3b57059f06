# The desktop encrypts its root volume but not the volume with the files of its user.
# Source: WorkSpaces.1, WorkSpaces.2, CKV_AWS_155, CKV_AWS_156
# Fault at: aws_workspaces_workspace.desktop_fault
# Near miss at: aws_workspaces_workspace.desktop_near

resource "aws_kms_key" "desktop" {
  description         = "Desktops"
  enable_key_rotation = true
}

resource "aws_workspaces_workspace" "desktop_fault" {
  directory_id                   = "d-0123456789"
  bundle_id                      = "wsb-0123456ab"
  user_name                      = "auditor"
  root_volume_encryption_enabled = true
  volume_encryption_key          = aws_kms_key.desktop.arn
}

resource "aws_workspaces_workspace" "desktop_near" {
  directory_id                   = "d-0123456789"
  bundle_id                      = "wsb-0123456ab"
  user_name                      = "clerk"
  root_volume_encryption_enabled = true
  user_volume_encryption_enabled = true
  volume_encryption_key          = aws_kms_key.desktop.arn
}
