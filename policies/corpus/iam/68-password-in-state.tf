# A user gets a console password of eight characters that he never has to change and that the state holds in clear.
# Source: Security Hub IAM.5, CIS AWS 1.8
# Fault at: aws_iam_user_login_profile.console_fault
# Near miss at: aws_iam_virtual_mfa_device.console_near

resource "aws_iam_user_login_profile" "console_fault" {
  user                    = "shop-prod-berta"
  password_length         = 8
  password_reset_required = false
}

resource "aws_iam_virtual_mfa_device" "console_near" {
  virtual_mfa_device_name = "shop-prod-berta"
}
