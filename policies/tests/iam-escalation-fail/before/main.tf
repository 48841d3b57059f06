resource "aws_iam_policy" "wider" {
  name = "shop-prod-wider"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:GetObject"], Resource = "arn:aws:s3:::shop-prod-orders/2026/*" },
      { Effect = "Allow", Action = ["sqs:SendMessage"], Resource = "arn:aws:sqs:eu-central-1:123456789012:orders", Condition = { Bool = { "aws:SecureTransport" = "true" } } },
      { Effect = "Deny", Action = ["s3:DeleteObject"], Resource = "arn:aws:s3:::shop-prod-orders/*" },
    ]
  })
}
