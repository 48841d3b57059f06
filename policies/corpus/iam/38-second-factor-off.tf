# The policy lets its holder remove the second factor of every user.
# Source: CIS AWS 1.10, Prowler iam_user_mfa_enabled_console_access
# Fault at: aws_iam_policy.second_factor_off_fault
# Near miss at: aws_iam_policy.second_factor_off_near

resource "aws_iam_policy" "second_factor_off_fault" {
  name        = "shop-prod-second-factor-off-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:DeactivateMFADevice", "iam:DeleteVirtualMFADevice"], Resource = ["arn:aws:iam::*:user/*", "arn:aws:iam::*:mfa/*"] }]
  })
}

resource "aws_iam_policy" "second_factor_off_near" {
  name        = "shop-prod-second-factor-off-near"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:ResyncMFADevice", "iam:ListMFADevices"], Resource = ["arn:aws:iam::*:user/$${aws:username}", "arn:aws:iam::*:mfa/*"] }]
  })
}
