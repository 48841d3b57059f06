variable "retention_days" {
  description = "Days that messages are kept"
  type        = number
  default     = 4
}

variable "name" {
  description = "Name of the queue"
  type        = string
}

variable "delay_seconds" {
  description = "Delay of messages, in seconds"
  type        = number
  default     = 0
}

variable "unused" {
  description = "Nobody gives it a value"
  type        = list(string)
  default     = ["a"]
}

resource "aws_sqs_queue" "orders" {
  name                       = var.name
  message_retention_seconds  = var.retention_days * 86400
  delay_seconds              = var.delay_seconds
  visibility_timeout_seconds = 60
  sqs_managed_sse_enabled    = true
  redrive_policy             = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 3 })
}

resource "aws_sqs_queue" "dead" {
  name                    = "shop-prod-orders-dlq"
  sqs_managed_sse_enabled = true
  redrive_allow_policy    = jsonencode({ redrivePermission = "allowAll" })
}
