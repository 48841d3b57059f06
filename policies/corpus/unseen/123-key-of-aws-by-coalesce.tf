# A log group has no key, because a variable that nobody sets is its only source.
# Source: CKV_AWS_158
# Fault at: aws_cloudwatch_log_group.alias_key_fault
# Near miss at: aws_cloudwatch_log_group.alias_key_near

variable "alias_key" {
  description = "Key of the logs."
  type        = string
  default     = null
}

resource "aws_kms_key" "alias_key" {
  description             = "Logs"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_kms_alias" "alias_key" {
  name          = "alias/shop-prod-alias-key"
  target_key_id = aws_kms_key.alias_key.key_id
}

resource "aws_cloudwatch_log_group" "alias_key_fault" {
  name              = "shop-prod-alias-key-a"
  retention_in_days = 365
  kms_key_id        = try(coalesce(var.alias_key), null)
}

resource "aws_cloudwatch_log_group" "alias_key_near" {
  name              = "shop-prod-alias-key-b"
  retention_in_days = 365
  kms_key_id        = try(coalesce(var.alias_key, aws_kms_alias.alias_key.target_key_arn), null)
}
