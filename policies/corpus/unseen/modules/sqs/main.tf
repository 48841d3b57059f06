variable "name" {
  description = "Name of the queue."
  type        = string
}

variable "kms_master_key_id" {
  description = "Key of the queue."
  type        = string
  default     = null
}

variable "sqs_managed_sse_enabled" {
  description = "Whether SQS encrypts with a key of its own."
  type        = bool
  default     = true
}

resource "aws_sqs_queue" "this" {
  count                     = 1
  name                      = var.name
  kms_master_key_id         = var.kms_master_key_id
  sqs_managed_sse_enabled   = var.kms_master_key_id != null ? null : var.sqs_managed_sse_enabled
  message_retention_seconds = 345600
}

resource "aws_sqs_queue" "dlq" {
  count                   = 1
  name                    = "${var.name}-dlq"
  kms_master_key_id       = var.kms_master_key_id
  sqs_managed_sse_enabled = var.kms_master_key_id != null ? null : var.sqs_managed_sse_enabled
}

resource "aws_sqs_queue_redrive_policy" "this" {
  count     = 1
  queue_url = aws_sqs_queue.this[0].url
  redrive_policy = jsonencode(merge(
    { deadLetterTargetArn = aws_sqs_queue.dlq[0].arn },
    { maxReceiveCount = 5 },
  ))
}

resource "aws_sqs_queue_redrive_allow_policy" "dlq" {
  count                = 1
  queue_url            = aws_sqs_queue.dlq[0].url
  redrive_allow_policy = jsonencode({ redrivePermission = "byQueue", sourceQueueArns = [aws_sqs_queue.this[0].arn] })
}
