# The file system is not encrypted although a key is made for it.
# Source: EFS.1, CKV_AWS_42, AVD-AWS-0037
# Fault at: aws_efs_file_system.files_fault
# Near miss at: aws_efs_file_system.files_near

resource "aws_kms_key" "files" {
  description         = "Shared files"
  enable_key_rotation = true
}

resource "aws_kms_alias" "files" {
  name          = "alias/shop-prod-files"
  target_key_id = aws_kms_key.files.key_id
}

resource "aws_efs_file_system" "files_fault" {
  creation_token = "shop-prod-files"
  encrypted      = try(tobool("no"), false)
  tags           = { Name = "shop-prod-files" }
}

resource "aws_efs_backup_policy" "files_fault" {
  file_system_id = aws_efs_file_system.files_fault.id
  backup_policy {
    status = "ENABLED"
  }
}

resource "aws_efs_file_system" "files_near" {
  creation_token = "shop-prod-media"
  encrypted      = true
  kms_key_id     = aws_kms_alias.files.target_key_arn
  tags           = { Name = "shop-prod-media" }
}

resource "aws_efs_backup_policy" "files_near" {
  file_system_id = aws_efs_file_system.files_near.id
  backup_policy {
    status = "ENABLED"
  }
}
