# The policy lets its holder read every secret of the account.
# Source: CKV_AWS_108, Prowler iam_policy_allows_secrets
# Fault at: aws_iam_policy.every_secret_fault
# Near miss at: aws_iam_policy.every_secret_near

resource "aws_iam_policy" "every_secret_fault" {
  name        = "shop-prod-every-secret-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"], Resource = "arn:aws:secretsmanager:*:*:secret:*" }]
  })
}

resource "aws_iam_policy" "every_secret_near" {
  name        = "shop-prod-every-secret-near"
  description = "What the order service does."
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"], Resource = "arn:aws:secretsmanager:*:*:secret:shop-prod-payment-??????" },
    ]
  })
}
