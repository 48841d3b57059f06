# A rule of any AWS account can send to the queue, because a wildcard ends the list of source ARNs.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
# Fault at: aws_sqs_queue_policy.deputy_list_fault
# Near miss at: aws_sqs_queue_policy.deputy_list_near

resource "aws_sqs_queue_policy" "deputy_list_fault" {
  queue_url = "https://sqs.${var.region}.amazonaws.com/${var.account_id}/shop-prod-list-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sqs:SendMessage"
        Resource  = "arn:aws:sqs:${var.region}:${var.account_id}:shop-prod-list-a"
        Condition = { ArnLike = { "aws:SourceArn" = ["arn:aws:events:*:${var.account_id}:rule/shop-prod-*", "arn:aws:events:*:????????????:rule/*"] } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = "arn:aws:sqs:${var.region}:${var.account_id}:shop-prod-list-a"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

resource "aws_sqs_queue_policy" "deputy_list_near" {
  queue_url = "https://sqs.${var.region}.amazonaws.com/${var.account_id}/shop-prod-list-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sqs:SendMessage"
        Resource  = "arn:aws:sqs:${var.region}:${var.account_id}:shop-prod-list-b"
        Condition = { ArnLike = { "aws:SourceArn" = ["arn:aws:events:*:${var.account_id}:rule/shop-prod-*", "arn:aws:events:*:${var.account_id}:rule/*"] } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = "arn:aws:sqs:${var.region}:${var.account_id}:shop-prod-list-b"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}
