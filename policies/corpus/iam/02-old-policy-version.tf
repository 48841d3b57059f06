# The policy lets its holder make an old, wider version of any policy the valid one.
# Source: CKV_AWS_286, Prowler iam_policy_allows_privilege_escalation
# Fault at: aws_iam_policy.old_policy_version_fault
# Near miss at: aws_iam_policy.old_policy_version_near

resource "aws_iam_policy" "old_policy_version_fault" {
  name        = "shop-prod-old-policy-version-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = { Sid = "Audit", Effect = "Allow", Action = ["iam:GetPolicyVersion", "Iam:setdefaultpolicyVERSION"], Resource = ["*"] }
  })
}

resource "aws_iam_policy" "old_policy_version_near" {
  name        = "shop-prod-old-policy-version-near"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = { Sid = "Audit", Effect = "Allow", Action = ["iam:ListPolicies", "iam:GetAccountSummary", "iam:GetAccountAuthorizationDetails"], Resource = ["*"] }
  })
}
