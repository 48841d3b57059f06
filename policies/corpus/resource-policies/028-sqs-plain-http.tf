# Messages can be sent to the queue without TLS, because the denial covers only the deletion of the queue.
# Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html
# Fault at: aws_sqs_queue_policy.sqs_plain_http_fault
# Near miss at: aws_sqs_queue_policy.sqs_plain_http_near

resource "aws_sqs_queue_policy" "sqs_plain_http_fault" {
  queue_url = "https://sqs.${var.region}.amazonaws.com/${var.account_id}/shop-prod-mails-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${var.account_id}:role/shop-prod-mailer" }
        Action    = ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage"]
        Resource  = "arn:aws:sqs:${var.region}:${var.account_id}:shop-prod-mails-a"
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:DeleteQueue"
        Resource  = "arn:aws:sqs:${var.region}:${var.account_id}:shop-prod-mails-a"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

resource "aws_sqs_queue_policy" "sqs_plain_http_near" {
  queue_url = "https://sqs.${var.region}.amazonaws.com/${var.account_id}/shop-prod-mails-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${var.account_id}:role/shop-prod-mailer" }
        Action    = ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage"]
        Resource  = "arn:aws:sqs:${var.region}:${var.account_id}:shop-prod-mails-b"
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = "arn:aws:sqs:${var.region}:${var.account_id}:shop-prod-mails-b"
        Condition = { BoolIfExists = { "aws:SecureTransport" = ["false"] } }
      }
    ]
  })
}
