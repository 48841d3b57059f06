# An EventBridge rule of any AWS account can send to the queue, because the service is allowed without a source.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
# Fault at: aws_sqs_queue.events_fault
# Near miss at: aws_sqs_queue.events_near

resource "aws_sqs_queue" "events_fault" {
  name              = "shop-prod-events-a"
  kms_master_key_id = aws_kms_key.kms_root_near.id
  redrive_policy = jsonencode({
    deadLetterTargetArn = "arn:aws:sqs:${var.region}:${var.account_id}:shop-prod-dead-letters"
    maxReceiveCount     = 5
  })
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sqs:SendMessage"
        Resource  = "arn:aws:sqs:${var.region}:${var.account_id}:shop-prod-events-a"
        Condition = { Bool = { "aws:PrincipalIsAWSService" = "true" } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = "arn:aws:sqs:${var.region}:${var.account_id}:shop-prod-events-a"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

resource "aws_sqs_queue" "events_near" {
  name              = "shop-prod-events-b"
  kms_master_key_id = aws_kms_key.kms_root_near.id
  redrive_policy = jsonencode({
    deadLetterTargetArn = "arn:aws:sqs:${var.region}:${var.account_id}:shop-prod-dead-letters"
    maxReceiveCount     = 5
  })
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sqs:SendMessage"
        Resource  = "arn:aws:sqs:${var.region}:${var.account_id}:shop-prod-events-b"
        Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:events:*:${var.account_id}:rule/*" } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = "arn:aws:sqs:${var.region}:${var.account_id}:shop-prod-events-b"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}
