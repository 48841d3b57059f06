# The queue has a null key and its own encryption is off.
# Source: SQS.1, CKV_AWS_27, AVD-AWS-0096
# Fault at: aws_sqs_queue.null_key_fault
# Near miss at: aws_sqs_queue.null_key_near

resource "aws_kms_key" "null_key" {
  description         = "Queues"
  enable_key_rotation = true
}

resource "aws_sqs_queue" "null_key_dead" {
  name              = "shop-prod-mails-dead"
  kms_master_key_id = aws_kms_key.null_key.arn
}

resource "aws_sqs_queue" "null_key_fault" {
  name                    = "shop-prod-mails"
  kms_master_key_id       = null
  sqs_managed_sse_enabled = false
  redrive_policy          = jsonencode({ deadLetterTargetArn = aws_sqs_queue.null_key_dead.arn, maxReceiveCount = 5 })
}

resource "aws_sqs_queue" "null_key_near" {
  name                              = "shop-prod-letters"
  kms_master_key_id                 = aws_kms_key.null_key.key_id
  kms_data_key_reuse_period_seconds = 86400
  redrive_policy                    = jsonencode({ deadLetterTargetArn = aws_sqs_queue.null_key_dead.arn, maxReceiveCount = 5 })
}
