variable "name" {
  description = "Name of the function."
  type        = string
}

variable "role" {
  description = "ARN of its role."
  type        = string
}

variable "timeout" {
  description = "Time limit in seconds."
  type        = number
}

resource "aws_lambda_function" "this" {
  function_name                  = var.name
  role                           = var.role
  runtime                        = "provided.al2023"
  handler                        = "bootstrap"
  s3_bucket                      = "shop-prod-code"
  s3_key                         = "worker.zip"
  timeout                        = var.timeout
  memory_size                    = 128
  reserved_concurrent_executions = 2
}

resource "aws_kms_key" "this" {
  description         = var.name
  enable_key_rotation = true
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/lambda/${var.name}"
  retention_in_days = 30
  kms_key_id        = aws_kms_key.this.arn
}

output "name" {
  value = aws_lambda_function.this.function_name
}

output "arn" {
  value = aws_lambda_function.this.arn
}
