variable "name" {
  description = "Name of the queue."
  type        = string
}

variable "function_name" {
  description = "Function that consumes the queue."
  type        = string
}

variable "visibility_timeout_seconds" {
  description = "How long a message stays invisible while it is worked on."
  type        = number
}

resource "aws_sqs_queue" "this" {
  name                       = var.name
  sqs_managed_sse_enabled    = true
  visibility_timeout_seconds = var.visibility_timeout_seconds
  redrive_policy             = jsonencode({ deadLetterTargetArn = "arn:aws:sqs:eu-central-1:111122223333:shop-prod-dead", maxReceiveCount = 3 })
}

resource "aws_lambda_event_source_mapping" "this" {
  event_source_arn        = aws_sqs_queue.this.arn
  function_name           = var.function_name
  function_response_types = ["ReportBatchItemFailures"]
}
