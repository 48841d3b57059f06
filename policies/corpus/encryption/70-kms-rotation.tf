# The key is never rotated, or only every seven years.
# Source: KMS.4, CKV_AWS_7, CIS AWS 3.6
# Fault at: aws_kms_key.rotation_fault
# Fault at: aws_kms_key.rotation_slow_fault
# Near miss at: aws_kms_key.rotation_near

resource "aws_kms_key" "rotation_fault" {
  description              = "Orders"
  customer_master_key_spec = "SYMMETRIC_DEFAULT"
  enable_key_rotation      = tobool("false")
}

resource "aws_kms_key" "rotation_slow_fault" {
  description             = "Invoices"
  enable_key_rotation     = true
  rotation_period_in_days = 2560
}

# AWS KMS cannot rotate asymmetric keys.
resource "aws_kms_key" "rotation_near" {
  description              = "Signatures of invoices"
  customer_master_key_spec = "ECC_NIST_P384"
  key_usage                = "SIGN_VERIFY"
}
