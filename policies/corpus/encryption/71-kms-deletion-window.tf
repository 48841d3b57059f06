# The key is gone seven days after somebody deletes it, and another one is already switched off.
# Source: KMS.3, CKV_AWS_227, https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
# Warns: the approvers decide
# Fault at: aws_kms_key.window_fault
# Fault at: aws_kms_key.window_disabled_fault
# Near miss at: aws_kms_key.window_near

resource "aws_kms_key" "window_fault" {
  description             = "Backups"
  enable_key_rotation     = true
  deletion_window_in_days = 7
}

resource "aws_kms_key" "window_disabled_fault" {
  description         = "Archive"
  enable_key_rotation = true
  is_enabled          = false
}

# The window is 30 days when it is left out.
resource "aws_kms_key" "window_near" {
  description         = "Restores"
  enable_key_rotation = true
}
