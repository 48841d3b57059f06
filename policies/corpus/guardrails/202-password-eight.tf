# The account accepts passwords of eight characters.
# Source: IAM.15, https://pages.nist.gov/800-63-3/sp800-63b.html
# Fault at: aws_iam_account_password_policy.password_eight_fault
# Near miss at: aws_iam_account_password_policy.password_eight_near

resource "aws_iam_account_password_policy" "password_eight_fault" {
  minimum_password_length        = 8
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  allow_users_to_change_password = true
  password_reuse_prevention      = 24
  max_password_age               = 90
}

resource "aws_iam_account_password_policy" "password_eight_near" {
  minimum_password_length        = 24
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  allow_users_to_change_password = true
  password_reuse_prevention      = 24
  max_password_age               = 365
}
