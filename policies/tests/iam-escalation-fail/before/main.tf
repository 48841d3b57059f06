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

resource "aws_iam_policy" "more_actions" {
  name = "shop-prod-more-actions"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:GetObject"], Resource = "arn:aws:s3:::shop-prod-orders/*" },
    ]
  })
}

resource "aws_iam_policy" "denies_less" {
  name = "shop-prod-denies-less"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Deny", NotAction = ["s3:*"], Resource = "*" },
    ]
  })
}

resource "aws_iam_policy" "denies_now" {
  name = "shop-prod-denies-now"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:GetObject"], NotResource = "arn:aws:s3:::shop-prod-orders/*" },
    ]
  })
}

resource "aws_iam_role" "trusted_by_more" {
  name               = "shop-prod-trusted"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = ["lambda.amazonaws.com"] } }] })
}

# From what is excepted to what is meant, and back.
resource "aws_iam_policy" "excepted_before" {
  name   = "shop-prod-excepted-before"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", NotAction = ["s3:*"], Resource = "arn:aws:s3:::shop-prod-orders/*" }] })
}

resource "aws_iam_policy" "excepted_after" {
  name   = "shop-prod-excepted-after"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["s3:*"], Resource = "arn:aws:s3:::shop-prod-orders/*" }] })
}
