# Everybody can send to the queue, because everybody is named beside a service in the same principal.
# Source: CKV_AWS_168, SQS.3
# Fault at: aws_sqs_queue_policy.mixed_principal_fault
# Near miss at: aws_sqs_queue_policy.mixed_principal_near

resource "aws_sqs_queue_policy" "mixed_principal_fault" {
  queue_url = "https://sqs.${var.region}.amazonaws.com/${var.account_id}/shop-prod-mixed-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { Service = "sns.amazonaws.com", AWS = ["*"] }
        Action    = "sqs:SendMessage"
        Resource  = "arn:aws:sqs:${var.region}:${var.account_id}:shop-prod-mixed-a"
        Condition = { ArnLikeIfExists = { "aws:SourceArn" = "arn:aws:sns:${var.region}:${var.account_id}:shop-prod-*" } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = "arn:aws:sqs:${var.region}:${var.account_id}:shop-prod-mixed-a"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

resource "aws_sqs_queue_policy" "mixed_principal_near" {
  queue_url = "https://sqs.${var.region}.amazonaws.com/${var.account_id}/shop-prod-mixed-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { Service = "sns.amazonaws.com", AWS = ["*"] }
        Action    = "sqs:SendMessage"
        Resource  = "arn:aws:sqs:${var.region}:${var.account_id}:shop-prod-mixed-b"
        Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:sns:${var.region}:${var.account_id}:shop-prod-*" } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = "arn:aws:sqs:${var.region}:${var.account_id}:shop-prod-mixed-b"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}
