# A key can be gone for ever a week after somebody asked for it.
# Source: KMS.3, https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
# Fault at: aws_kms_key.key_window_seven_fault
# Near miss at: aws_kms_key.key_window_seven_near

resource "aws_kms_key" "key_window_seven_fault" {
  description             = "Audit logs of orders"
  enable_key_rotation     = true
  deletion_window_in_days = 7
}

resource "aws_kms_key" "key_window_seven_near" {
  description             = "Audit logs of billing"
  enable_key_rotation     = true
  deletion_window_in_days = 14
}
