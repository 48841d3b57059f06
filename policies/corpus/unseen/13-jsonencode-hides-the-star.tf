# The queue's own ARN makes the whole queue policy unknown, and behind it everybody may send and receive.
# Source: CKV_AWS_168, SQS.3
# Fault at: aws_sqs_queue_policy.json_hides_fault
# Near miss at: aws_sqs_queue_policy.json_hides_near

resource "aws_kms_key" "json_hides" {
  description             = "Queues"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_sqs_queue" "json_hides_dlq" {
  name              = "shop-prod-json-hides-dlq"
  kms_master_key_id = aws_kms_key.json_hides.arn
}

resource "aws_sqs_queue" "json_hides" {
  name              = "shop-prod-json-hides"
  kms_master_key_id = aws_kms_key.json_hides.arn
  redrive_policy    = jsonencode({ deadLetterTargetArn = aws_sqs_queue.json_hides_dlq.arn, maxReceiveCount = 5 })
}

resource "aws_sns_topic" "json_hides" {
  name              = "shop-prod-json-hides"
  kms_master_key_id = aws_kms_key.json_hides.arn
}

resource "aws_sqs_queue_policy" "json_hides_fault" {
  queue_url = aws_sqs_queue.json_hides_dlq.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage"]
      Resource  = aws_sqs_queue.json_hides_dlq.arn
    }]
  })
}

resource "aws_sqs_queue_policy" "json_hides_near" {
  queue_url = aws_sqs_queue.json_hides.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "sns.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.json_hides.arn
      Condition = { ArnEquals = { "aws:SourceArn" = aws_sns_topic.json_hides.arn } }
    }]
  })
}
