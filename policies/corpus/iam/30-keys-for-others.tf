# The policy lets its holder create access keys for every user.
# Source: pathfinding.cloud iam-002, https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/
# Fault at: aws_iam_policy.keys_for_others_fault
# Near miss at: aws_iam_policy.keys_for_others_near

resource "aws_iam_policy" "keys_for_others_fault" {
  name        = "shop-prod-keys-for-others-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:ListAccessKeys", "iam:Create*Key", "iam:UpdateAccessKey"], Resource = "arn:aws:iam::*:user/*" }]
  })
}

resource "aws_iam_policy" "keys_for_others_near" {
  name        = "shop-prod-keys-for-others-near"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:ListAccessKeys", "iam:CreateAccessKey", "iam:UpdateAccessKey", "iam:DeleteAccessKey"], Resource = "arn:aws:iam::*:user/$${aws:username}", Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } } }]
  })
}
