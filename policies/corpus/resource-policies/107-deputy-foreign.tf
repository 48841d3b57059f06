# A bucket of a foreign account can send events to our queue through the S3 service.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
# Fault at: aws_sqs_queue_policy.deputy_foreign_fault
# Near miss at: aws_sqs_queue_policy.deputy_foreign_near

resource "aws_sqs_queue_policy" "deputy_foreign_fault" {
  queue_url = "https://sqs.${var.region}.amazonaws.com/${var.account_id}/shop-prod-deputy-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { Service = "s3.amazonaws.com" }
        Action    = "sqs:SendMessage"
        Resource  = "arn:aws:sqs:${var.region}:${var.account_id}:shop-prod-deputy-a"
        Condition = { StringEquals = { "aws:SourceAccount" = [var.account_id, var.partner_account_id] } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = "arn:aws:sqs:${var.region}:${var.account_id}:shop-prod-deputy-a"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

resource "aws_sqs_queue_policy" "deputy_foreign_near" {
  queue_url = "https://sqs.${var.region}.amazonaws.com/${var.account_id}/shop-prod-deputy-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { Service = "s3.amazonaws.com" }
        Action    = "sqs:SendMessage"
        Resource  = "arn:aws:sqs:${var.region}:${var.account_id}:shop-prod-deputy-b"
        Condition = { StringEquals = { "aws:SourceAccount" = [var.account_id] } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = "arn:aws:sqs:${var.region}:${var.account_id}:shop-prod-deputy-b"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}
