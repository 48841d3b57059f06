# A topic of any AWS account can send to the queue, because the account in the source ARN is a wildcard.
# Source: CKV_AWS_168, SQS.3
# Fault at: aws_sqs_queue_policy.sqs_any_topic_fault
# Near miss at: aws_sqs_queue_policy.sqs_any_topic_near

resource "aws_sqs_queue_policy" "sqs_any_topic_fault" {
  queue_url = "https://sqs.${var.region}.amazonaws.com/${var.account_id}/shop-prod-fanout-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = "sqs:SendMessage"
        Resource  = "arn:aws:sqs:${var.region}:${var.account_id}:shop-prod-fanout-a"
        Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:sns:${var.region}:*:shop-prod-orders" } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = "arn:aws:sqs:${var.region}:${var.account_id}:shop-prod-fanout-a"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

resource "aws_sqs_queue_policy" "sqs_any_topic_near" {
  queue_url = "https://sqs.${var.region}.amazonaws.com/${var.account_id}/shop-prod-fanout-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = "sqs:SendMessage"
        Resource  = "arn:aws:sqs:${var.region}:${var.account_id}:shop-prod-fanout-b"
        Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:sns:*:${var.account_id}:shop-prod-*" } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = "arn:aws:sqs:${var.region}:${var.account_id}:shop-prod-fanout-b"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}
