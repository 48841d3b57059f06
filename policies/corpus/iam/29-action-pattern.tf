# The policy allows every identity action that contains a piece of a word, which includes writing role policies.
# Source: CKV_AWS_286, CKV_AWS_289
# Fault at: aws_iam_policy.action_pattern_fault
# Near miss at: aws_iam_policy.action_pattern_near

resource "aws_iam_policy" "action_pattern_fault" {
  name        = "shop-prod-action-pattern-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["IAM:*ole*"], Resource = "*" }]
  })
}

resource "aws_iam_policy" "action_pattern_near" {
  name        = "shop-prod-action-pattern-near"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["IAM:list*ole*", "iam:Get?ole*"], Resource = "*" }]
  })
}
