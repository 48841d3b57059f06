# Whether a file system is encrypted is known only after the apply.
# Source: CKV_AWS_42, EFS.1
# Fault at: aws_efs_file_system.efs_flag_fault
# Near miss at: aws_efs_file_system.efs_flag_near

variable "efs_flag_key" {
  description = "Key of another team, if that is to be used."
  type        = string
  default     = null
}

resource "terraform_data" "efs_flag" {
  input = { encrypted = "false" }
}

resource "aws_kms_key" "efs_flag" {
  description             = "File systems"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_efs_file_system" "efs_flag_fault" {
  creation_token = "shop-prod-efs-flag-a"
  encrypted      = tobool(terraform_data.efs_flag.output.encrypted)

  tags = { Name = "shop-prod-efs-flag-a" }
}

resource "aws_efs_file_system" "efs_flag_near" {
  creation_token = "shop-prod-efs-flag-b"
  encrypted      = tobool("1" == "1" ? "true" : "false")
  kms_key_id     = coalesce(var.efs_flag_key, aws_kms_key.efs_flag.arn)

  tags = { Name = "shop-prod-efs-flag-b" }
}
