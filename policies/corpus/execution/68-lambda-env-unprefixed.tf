# Functions have keys without a known prefix under names that give them away.
# Source: CKV_SECRET_6 (Base64 High Entropy String)
# Fault at: aws_lambda_function.secent_fault
# Fault at: aws_lambda_function.secent_tw_fault
# Near miss at: aws_lambda_function.secent_near

resource "aws_kms_key" "secent_key" {
  description         = "Key for secent_key"
  enable_key_rotation = true
}

resource "aws_iam_role" "secent_role" {
  name               = "shop-prod-secent-role"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}

resource "aws_sqs_queue" "secent_dlq" {
  name              = "shop-prod-secent-dlq"
  kms_master_key_id = aws_kms_key.secent_key.arn
}

resource "aws_lambda_function" "secent_fault" {
  function_name                  = "shop-prod-secent-fault"
  role                           = aws_iam_role.secent_role.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.secent_key.arn
  filename                       = "build/app.zip"
  dead_letter_config {
    target_arn = aws_sqs_queue.secent_dlq.arn
  }
  tracing_config {
    mode = "Active"
  }
  environment {
    variables = {
      DD_API_KEY = "005efae1111c35174f3ca18c4bad8e3a"
    }
  }
}

resource "aws_lambda_function" "secent_tw_fault" {
  function_name                  = "shop-prod-secent-tw_fault"
  role                           = aws_iam_role.secent_role.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.secent_key.arn
  filename                       = "build/app.zip"
  dead_letter_config {
    target_arn = aws_sqs_queue.secent_dlq.arn
  }
  tracing_config {
    mode = "Active"
  }
  environment {
    variables = {
      TWILIO_ACCOUNT = "ACdef9c53223e4ae9ffbf62a095ebc3b59"
      TWILIO_AUTH    = "76143fd84c8f7d5a1bac7a9ca554e92b"
    }
  }
}

resource "aws_lambda_function" "secent_near" {
  function_name                  = "shop-prod-secent-near"
  role                           = aws_iam_role.secent_role.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.secent_key.arn
  filename                       = "build/app.zip"
  dead_letter_config {
    target_arn = aws_sqs_queue.secent_dlq.arn
  }
  tracing_config {
    mode = "Active"
  }
  environment {
    variables = {
      DD_API_KEY_SECRET_ARN = "arn:aws:secretsmanager:${var.region}:123456789012:secret:shop-prod-datadog-AbCdEf"
      TWILIO_AUTH_MODE      = "oauth"
      ETAG                  = "005efae1111c3517"
    }
  }
}
