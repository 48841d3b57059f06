# The account accepts passwords of six characters that can be reused.
# Source: IAM.7, IAM.15, CKV_AWS_10
# Fault at: aws_iam_account_password_policy.password_policy_fault
# Near miss at: aws_iam_account_password_policy.password_policy_near

resource "aws_iam_account_password_policy" "password_policy_fault" {
  minimum_password_length        = 6
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  allow_users_to_change_password = true
  password_reuse_prevention      = 1
  max_password_age               = 90
}

resource "aws_iam_account_password_policy" "password_policy_near" {
  minimum_password_length        = 20
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  allow_users_to_change_password = true
  password_reuse_prevention      = 24
  max_password_age               = 90
}
