# A policy of the key may lock everybody out.
# Source: KMS.5, https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
# Fault at: aws_kms_key.key_without_lockout_check_fault
# Near miss at: aws_kms_key.key_without_lockout_check_near

resource "aws_kms_key" "key_without_lockout_check_fault" {
  description                        = "Ledger of orders"
  enable_key_rotation                = true
  deletion_window_in_days            = 30
  bypass_policy_lockout_safety_check = true
}

resource "aws_kms_key" "key_without_lockout_check_near" {
  description                        = "Ledger of billing"
  enable_key_rotation                = true
  deletion_window_in_days            = 30
  bypass_policy_lockout_safety_check = false
  rotation_period_in_days            = 180
}
