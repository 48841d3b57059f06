# A message goes to the dead-letter queue after its first failure; the count is written as text.
# Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
# Fault at: aws_sqs_queue.once_fault
# Near miss at: aws_sqs_queue.once_near

variable "work_account" {
  description = "Account that the environment lives in"
  type        = string
  default     = "123456789012"
}

resource "aws_sqs_queue" "once_fault" {
  name                       = "shop-prod-once"
  kms_master_key_id          = aws_kms_key.work.id
  visibility_timeout_seconds = 180
  redrive_policy = jsonencode({
    deadLetterTargetArn = "arn:aws:sqs:${var.region}:${var.work_account}:shop-prod-work-dlq"
    maxReceiveCount     = "1"
  })
}

resource "aws_sqs_queue" "once_near" {
  name                       = "shop-prod-five-times"
  kms_master_key_id          = aws_kms_key.work.id
  visibility_timeout_seconds = 180
  redrive_policy = jsonencode({
    deadLetterTargetArn = "arn:aws:sqs:${var.region}:${var.work_account}:shop-prod-work-dlq"
    maxReceiveCount     = "5"
  })
}
