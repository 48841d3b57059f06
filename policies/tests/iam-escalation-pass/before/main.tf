resource "aws_iam_policy" "narrower" {
  name = "shop-prod-narrower"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject"], Resource = ["arn:aws:s3:::shop-prod-orders/*"] },
      { Effect = "Deny", Action = ["s3:DeleteObject"], Resource = "arn:aws:s3:::shop-prod-orders/*" },
    ]
  })
}

resource "aws_iam_policy" "conditional" {
  name = "shop-prod-conditional"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "a", Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject"], Resource = ["arn:aws:s3:::shop-prod-orders/*"], Condition = { Bool = { "aws:SecureTransport" = "true" } } },
      { Effect = "Deny", NotAction = ["s3:*"], Resource = "*" },
    ]
  })
}
