# The file system is no longer backed up.
# Source: EFS.2
# Fault at: aws_efs_backup_policy.efs_backup_off_fault
# Near miss at: aws_efs_backup_policy.efs_backup_off_near

resource "aws_efs_backup_policy" "efs_backup_off_fault" {
  file_system_id = "fs-0a1b2c3d4e5f60718"
  backup_policy {
    status = "DISABLED"
  }
}

resource "aws_efs_backup_policy" "efs_backup_off_near" {
  file_system_id = "fs-0a1b2c3d4e5f60718"
  backup_policy {
    status = "ENABLED"
  }
}
