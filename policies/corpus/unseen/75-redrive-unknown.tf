# A queue's redrive policy is known only after the apply, and it gives up after the first attempt, into a foreign queue.
# Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
# Fault at: aws_sqs_queue.redrive_fault
# Near miss at: aws_sqs_queue.redrive_near

resource "terraform_data" "redrive" {
  input = jsonencode({ deadLetterTargetArn = "arn:aws:sqs:eu-central-1:999988887777:collector", maxReceiveCount = 1 })
}

resource "aws_kms_key" "redrive" {
  description             = "Queues"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_sqs_queue" "redrive_dlq" {
  name              = "shop-prod-redrive-dlq"
  kms_master_key_id = aws_kms_key.redrive.arn
}

resource "aws_sqs_queue" "redrive_fault" {
  name              = "shop-prod-redrive-a"
  kms_master_key_id = aws_kms_key.redrive.arn
  redrive_policy    = terraform_data.redrive.output
}

resource "aws_sqs_queue" "redrive_near" {
  name              = "shop-prod-redrive-b"
  kms_master_key_id = aws_kms_key.redrive.arn
  redrive_policy    = jsonencode({ deadLetterTargetArn = aws_sqs_queue.redrive_dlq.arn, maxReceiveCount = 5 })
}
