# The function that checks payments logs nothing below a crash.
# Source: Lambda, https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-advanced.html
# Fault at: aws_lambda_function.function_logs_fatal_only_fault
# Near miss at: aws_lambda_function.function_logs_fatal_only_near

resource "aws_lambda_function" "function_logs_fatal_only_fault" {
  function_name                  = "shop-prod-orders-payment"
  description                    = "Checks payments."
  role                           = "arn:aws:iam:::role/shop-prod-payment"
  runtime                        = "python3.13"
  handler                        = "app.handler"
  s3_bucket                      = "shop-prod-code"
  s3_key                         = "payment.zip"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  dead_letter_config {
    target_arn = "arn:aws:sqs:::shop-prod-payment-dead"
  }
  tracing_config {
    mode = "Active"
  }
  logging_config {
    log_format            = "JSON"
    application_log_level = "FATAL"
    system_log_level      = "INFO"
  }
}

resource "aws_lambda_function" "function_logs_fatal_only_near" {
  function_name                  = "shop-prod-billing-payment"
  description                    = "Checks payments."
  role                           = "arn:aws:iam:::role/shop-prod-payment"
  runtime                        = "python3.13"
  handler                        = "app.handler"
  s3_bucket                      = "shop-prod-code"
  s3_key                         = "payment.zip"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  dead_letter_config {
    target_arn = "arn:aws:sqs:::shop-prod-payment-dead"
  }
  tracing_config {
    mode = "Active"
  }
  logging_config {
    log_format            = "JSON"
    application_log_level = "INFO"
    system_log_level      = "INFO"
  }
}
