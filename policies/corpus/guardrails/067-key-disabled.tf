# The key of the audit logs is disabled.
# Source: KMS.3, CKV_AWS_227
# Fault at: aws_kms_key.key_disabled_fault
# Near miss at: aws_kms_key.key_disabled_near

resource "aws_kms_key" "key_disabled_fault" {
  description             = "Audit logs of orders"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  is_enabled              = false
}

resource "aws_kms_key" "key_disabled_near" {
  description             = "Audit logs of billing"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  is_enabled              = true
  rotation_period_in_days = 180
}
