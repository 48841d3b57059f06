# The policy lets its holder write a new version of the very policy that he holds.
# Source: CKV_AWS_286, pathfinding.cloud iam-001
# Fault at: aws_iam_policy.own_policy_version_fault
# Near miss at: aws_iam_policy.own_policy_version_near

resource "aws_iam_policy" "own_policy_version_fault" {
  name        = "shop-prod-own-policy-version-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:GetPolicy", "iam:CreatePolicyVersion"], Resource = "arn:aws:iam::*:policy/shop-prod-*" }]
  })
}

resource "aws_iam_policy" "own_policy_version_near" {
  name        = "shop-prod-own-policy-version-near"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:GetPolicy", "iam:GetPolicyVersion", "iam:ListPolicyVersions"], Resource = "arn:aws:iam::*:policy/shop-prod-*" }]
  })
}
