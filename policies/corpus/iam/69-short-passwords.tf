# Users of the account may choose passwords of eight characters and use them again.
# Source: CKV_AWS_10, CKV_AWS_13, Security Hub IAM.15, IAM.16
# Fault at: aws_iam_account_password_policy.choice_fault
# Near miss at: aws_iam_account_password_policy.choice_near

resource "aws_iam_account_password_policy" "choice_fault" {
  minimum_password_length        = 8
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  allow_users_to_change_password = true
}

# No expiry: NIST SP 800-63B advises against it, and CIS has dropped it.
resource "aws_iam_account_password_policy" "choice_near" {
  minimum_password_length        = 16
  password_reuse_prevention      = 24
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  allow_users_to_change_password = true
}
