# The key of the audit logs is rotated every seven years only.
# Source: KMS.4, CKV_AWS_7, AVD-AWS-0065
# Fault at: aws_kms_key.key_never_rotates_fault
# Near miss at: aws_kms_key.key_never_rotates_near

resource "aws_kms_key" "key_never_rotates_fault" {
  description             = "Audit logs of orders"
  enable_key_rotation     = true
  rotation_period_in_days = 2560

  deletion_window_in_days = 30
}

resource "aws_kms_key" "key_never_rotates_near" {
  description              = "Audit logs of billing"
  key_usage                = "SIGN_VERIFY"
  customer_master_key_spec = "RSA_4096"

  deletion_window_in_days = 30
}
