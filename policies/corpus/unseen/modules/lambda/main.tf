variable "name" {
  description = "Name of the function."
  type        = string
}

variable "role_arn" {
  description = "Role of the function."
  type        = string
}

variable "dead_letter_target_arn" {
  description = "Queue for events that failed."
  type        = string
  default     = null
}

variable "kms_key_arn" {
  description = "Key of the environment."
  type        = string
  default     = null
}

resource "aws_cloudwatch_log_group" "lambda" {
  count             = 1
  name              = "/aws/lambda/${var.name}"
  retention_in_days = 365
  kms_key_id        = var.kms_key_arn
}

resource "aws_lambda_function" "this" {
  count                          = 1
  function_name                  = var.name
  role                           = var.role_arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  s3_bucket                      = "shop-prod-artifacts"
  s3_key                         = "orders/1.4.2.zip"
  memory_size                    = 128
  timeout                        = 10
  reserved_concurrent_executions = 5
  kms_key_arn                    = var.kms_key_arn

  dynamic "dead_letter_config" {
    for_each = var.dead_letter_target_arn == null ? [] : [true]

    content {
      target_arn = var.dead_letter_target_arn
    }
  }

  tracing_config {
    mode = "Active"
  }

  depends_on = [aws_cloudwatch_log_group.lambda]
}
