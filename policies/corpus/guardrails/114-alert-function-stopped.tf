# The function that answers findings can no longer run because nothing is reserved for it.
# Source: Lambda.7, https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
# Warns: the approvers decide
# Fault at: aws_lambda_function.alert_function_stopped_fault
# Near miss at: aws_lambda_function.alert_function_stopped_near

resource "aws_lambda_function" "alert_function_stopped_fault" {
  function_name                  = "shop-prod-orders-isolate"
  description                    = "Isolates an instance after a finding."
  role                           = "arn:aws:iam:::role/shop-prod-isolate"
  runtime                        = "python3.13"
  handler                        = "app.handler"
  s3_bucket                      = "shop-prod-code"
  s3_key                         = "isolate.zip"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 0
  kms_key_arn                    = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  dead_letter_config {
    target_arn = "arn:aws:sqs:::shop-prod-isolate-dead"
  }
  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_function" "alert_function_stopped_near" {
  function_name                  = "shop-prod-billing-isolate"
  description                    = "Isolates an instance after a finding."
  role                           = "arn:aws:iam:::role/shop-prod-isolate"
  runtime                        = "python3.13"
  handler                        = "app.handler"
  s3_bucket                      = "shop-prod-code"
  s3_key                         = "isolate.zip"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 1
  kms_key_arn                    = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  dead_letter_config {
    target_arn = "arn:aws:sqs:::shop-prod-isolate-dead"
  }
  tracing_config {
    mode = "Active"
  }
}
