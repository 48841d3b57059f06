# A foreign account gets our directory and can join its machines to it.
# Source: https://docs.aws.amazon.com/directoryservice/latest/admin-guide/ms_ad_directory_sharing.html
# Fault at: aws_directory_service_shared_directory.directory_fault
# Near miss at: aws_directory_service_shared_directory.directory_near

resource "aws_directory_service_shared_directory" "directory_fault" {
  directory_id = "d-0a1b2c3d4e"
  method       = "HANDSHAKE"

  target {
    id = var.partner_account_id
  }
}

resource "aws_directory_service_shared_directory" "directory_near" {
  directory_id = "d-0a1b2c3d4e"
  method       = "ORGANIZATIONS"

  target {
    id = aws_organizations_account.recovery.id
  }
}
