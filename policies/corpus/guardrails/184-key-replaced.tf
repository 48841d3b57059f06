# The key is replaced because a flag changes, which deletes the old key and everything that it encrypts.
# Source: KMS.3, https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
# Warns: the approvers decide
# Fault at: aws_kms_key.key_replaced_fault
# Near miss at: aws_kms_key.key_replaced_near

resource "aws_kms_key" "key_replaced_fault" {
  description             = "Ledger of orders, for all Regions"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  multi_region            = true
}

resource "aws_kms_key" "key_replaced_near" {
  description             = "Ledger of billing, archive included"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  multi_region            = false
}
