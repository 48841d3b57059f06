# The function that books payments loses its failed events.
# Source: Lambda, CKV_AWS_116
# Fault at: aws_lambda_function.dead_letters_dropped_fault
# Near miss at: aws_lambda_function.dead_letters_dropped_near

resource "aws_lambda_function" "dead_letters_dropped_fault" {
  function_name                  = "shop-prod-orders-book"
  description                    = "Books payments."
  role                           = "arn:aws:iam:::role/shop-prod-book"
  runtime                        = "python3.13"
  handler                        = "app.handler"
  s3_bucket                      = "shop-prod-code"
  s3_key                         = "book.zip"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"

  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_function" "dead_letters_dropped_near" {
  function_name                  = "shop-prod-billing-book"
  description                    = "Books payments."
  role                           = "arn:aws:iam:::role/shop-prod-book"
  runtime                        = "python3.13"
  handler                        = "app.handler"
  s3_bucket                      = "shop-prod-code"
  s3_key                         = "book.zip"
  timeout                        = 20
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  dead_letter_config {
    target_arn = "arn:aws:sns:::shop-prod-book-dead"
  }

  tracing_config {
    mode = "Active"
  }
}
