# A database's password is stored in a parameter without encryption.
# Source: CKV2_AWS_34, SSM parameter store guide
# Fault at: aws_ssm_parameter.plain_param_fault
# Near miss at: aws_ssm_parameter.plain_param_near

resource "aws_kms_key" "plain_param" {
  description             = "Files"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_efs_file_system" "plain_param" {
  creation_token = "shop-prod-plain-param"
  encrypted      = true
  kms_key_id     = aws_kms_key.plain_param.arn
}

resource "aws_ssm_parameter" "plain_param_fault" {
  name        = "/shop-prod/orders/dsn"
  description = "Address of the database"
  type        = "String"
  value       = base64decode("cG9zdGdyZXM6Ly9zaG9wYWRtaW46V2ludGVyLTIwMjQtc2hvcEBkYi5zaG9wLmludGVybmFsL3Nob3A=")
}

resource "aws_ssm_parameter" "plain_param_near" {
  name        = "/shop-prod/orders/files"
  description = "Address of the file system"
  type        = "String"
  value       = "nfs://${aws_efs_file_system.plain_param.dns_name}/shop"
}
