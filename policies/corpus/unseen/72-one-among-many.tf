# One of sixty statements of a policy lets its holder write new versions of every policy.
# Source: https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/, CKV_AWS_286
# Fault at: aws_iam_policy.many_fault
# Near miss at: aws_iam_policy.many_near

locals {
  many_statements = [for i in range(60) : {
    Effect   = "Allow"
    Action   = ["s3:GetObject"]
    Resource = ["arn:aws:s3:::shop-prod-catalog/part-${i}/*"]
  }]
}

resource "aws_iam_policy" "many_fault" {
  name = "shop-prod-many-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(slice(local.many_statements, 0, 30), [{
      Effect   = "Allow"
      Action   = ["iam:Create?olicyVersion"]
      Resource = ["arn:aws:iam::*:policy/*"]
    }], slice(local.many_statements, 30, 60))
  })
}

resource "aws_iam_policy" "many_near" {
  name = "shop-prod-many-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(slice(local.many_statements, 0, 30), [{
      Effect   = "Allow"
      Action   = ["iam:GetPolicyVersion"]
      Resource = ["arn:aws:iam::*:policy/shop-prod-*"]
    }], slice(local.many_statements, 30, 60))
  })
}
