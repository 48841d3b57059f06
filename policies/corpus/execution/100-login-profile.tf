# The plan gives a user a console password, which then is in the state.
# Source: CKV_AWS_273
# Fault at: aws_iam_user_login_profile.seclp_fault
# Near miss at: aws_iam_account_password_policy.seclp_near

resource "aws_iam_user_login_profile" "seclp_fault" {
  user                    = "shop-prod-ops"
  password_reset_required = false
}

resource "aws_iam_account_password_policy" "seclp_near" {
  minimum_password_length        = 16
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  allow_users_to_change_password = true
  password_reuse_prevention      = 24
  max_password_age               = 90
}
