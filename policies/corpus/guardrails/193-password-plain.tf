# The account accepts passwords without digits and symbols.
# Source: IAM.15, CKV_AWS_12, CKV_AWS_14
# Fault at: aws_iam_account_password_policy.password_plain_fault
# Near miss at: aws_iam_account_password_policy.password_plain_near

resource "aws_iam_account_password_policy" "password_plain_fault" {
  minimum_password_length        = 14
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = false
  require_symbols                = false
  allow_users_to_change_password = true
  password_reuse_prevention      = 24
  max_password_age               = 90
}

resource "aws_iam_account_password_policy" "password_plain_near" {
  minimum_password_length        = 14
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  allow_users_to_change_password = true
  password_reuse_prevention      = 24
  max_password_age               = 60
}
