# A queue's failed messages go to a second queue, whose failed messages come back, so that none is ever kept aside.
# Source: SQS best practices, https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
# Fault at: aws_sqs_queue.circle_fault
# Near miss at: aws_sqs_queue.circle_near

resource "aws_sqs_queue" "circle_fault" {
  name                       = "shop-prod-circle"
  kms_master_key_id          = aws_kms_key.work.id
  visibility_timeout_seconds = 180
}

resource "aws_sqs_queue_redrive_policy" "circle_fault" {
  queue_url = aws_sqs_queue.circle_fault.id
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.circle_back.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "circle_back" {
  name                       = "shop-prod-circle-dlq"
  kms_master_key_id          = aws_kms_key.work.id
  visibility_timeout_seconds = 180
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.circle_fault.arn
    maxReceiveCount     = 5
  })

}

# A chain, not a circle: the retry queue's own dead-letter queue is a third one.
resource "aws_sqs_queue" "circle_near" {
  name                       = "shop-prod-chain"
  kms_master_key_id          = aws_kms_key.work.id
  visibility_timeout_seconds = 180
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.circle_retry.arn
    maxReceiveCount     = 5
  })

}

resource "aws_sqs_queue" "circle_retry" {
  name                       = "shop-prod-chain-retry"
  kms_master_key_id          = aws_kms_key.work.id
  visibility_timeout_seconds = 180
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.work_dlq.arn
    maxReceiveCount     = 3
  })

}
