# The file server no longer records who reads a file.
# Source: https://docs.aws.amazon.com/fsx/latest/WindowsGuide/file-access-auditing.html
# Fault at: aws_fsx_windows_file_system.file_access_unaudited_fault
# Near miss at: aws_fsx_windows_file_system.file_access_unaudited_near

resource "aws_fsx_windows_file_system" "file_access_unaudited_fault" {
  active_directory_id             = "d-0123456789"
  subnet_ids                      = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  preferred_subnet_id             = "subnet-0a1b2c3d4e5f60718"
  deployment_type                 = "MULTI_AZ_1"
  storage_capacity                = 300
  throughput_capacity             = 64
  kms_key_id                      = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  skip_final_backup               = false
  copy_tags_to_backups            = true
  automatic_backup_retention_days = 30
  audit_log_configuration {
    file_access_audit_log_level       = "DISABLED"
    file_share_access_audit_log_level = "DISABLED"
  }
  tags = { Name = "shop-prod-orders" }
}

resource "aws_fsx_windows_file_system" "file_access_unaudited_near" {
  active_directory_id             = "d-0123456789"
  subnet_ids                      = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  preferred_subnet_id             = "subnet-0a1b2c3d4e5f60718"
  deployment_type                 = "MULTI_AZ_1"
  storage_capacity                = 300
  throughput_capacity             = 64
  kms_key_id                      = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  skip_final_backup               = false
  copy_tags_to_backups            = true
  automatic_backup_retention_days = 60
  audit_log_configuration {
    audit_log_destination             = "arn:aws:logs:::log-group:/aws/fsx/shop-prod"
    file_access_audit_log_level       = "SUCCESS_AND_FAILURE"
    file_share_access_audit_log_level = "SUCCESS_AND_FAILURE"
  }
  tags = { Name = "shop-prod-billing" }
}
