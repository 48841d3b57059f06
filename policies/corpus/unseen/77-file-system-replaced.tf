# A changed marker replaces a file system and so deletes its files.
# Source: https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#replace_triggered_by
# Warns: the approvers decide
# Fault at: aws_efs_file_system.retrigger_fs_fault
# Near miss at: aws_efs_file_system.retrigger_fs_near

resource "aws_efs_file_system" "retrigger_fs_fault" {
  creation_token = "shop-prod-retrigger-fs-a"
  encrypted      = true
  kms_key_id     = var.retrigger_key

  lifecycle {
    replace_triggered_by = [aws_ssm_parameter.retrigger.insecure_value]
  }
}

resource "aws_efs_file_system" "retrigger_fs_near" {
  creation_token = "shop-prod-retrigger-fs-b"
  encrypted      = true
  kms_key_id     = var.retrigger_key

  tags = { Release = aws_ssm_parameter.retrigger.insecure_value }
}
