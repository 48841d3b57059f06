# Functions have keys of model providers in their environment.
# Source: CKV_SECRET_*; https://platform.openai.com/docs/api-reference/authentication
# Fault at: aws_lambda_function.secai_fault
# Fault at: aws_lambda_function.secai_b_fault
# Fault at: aws_lambda_function.secai_c_fault
# Near miss at: aws_lambda_function.secai_near

resource "aws_kms_key" "secai_key" {
  description         = "Key for secai_key"
  enable_key_rotation = true
}

resource "aws_iam_role" "secai_role" {
  name               = "shop-prod-secai-role"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}

resource "aws_sqs_queue" "secai_dlq" {
  name              = "shop-prod-secai-dlq"
  kms_master_key_id = aws_kms_key.secai_key.arn
}

resource "aws_lambda_function" "secai_fault" {
  function_name                  = "shop-prod-secai-fault"
  role                           = aws_iam_role.secai_role.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.secai_key.arn
  filename                       = "build/app.zip"
  dead_letter_config {
    target_arn = aws_sqs_queue.secai_dlq.arn
  }
  tracing_config {
    mode = "Active"
  }
  environment {
    variables = {
      MODEL_BACKEND = "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"
    }
  }
}

resource "aws_lambda_function" "secai_b_fault" {
  function_name                  = "shop-prod-secai-b_fault"
  role                           = aws_iam_role.secai_role.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.secai_key.arn
  filename                       = "build/app.zip"
  dead_letter_config {
    target_arn = aws_sqs_queue.secai_dlq.arn
  }
  tracing_config {
    mode = "Active"
  }
  environment {
    variables = {
      MODEL_BACKEND = "sk-ant-api03-5KqEES1fx1dQ44iVBBRzsw11FuaC3m6ciMovLryj9b7kV6rrm55wzchZRtD4HUbKxMcAI9MZEf3LPOktFBGdDS9e4ks9eAA"
    }
  }
}

resource "aws_lambda_function" "secai_c_fault" {
  function_name                  = "shop-prod-secai-c_fault"
  role                           = aws_iam_role.secai_role.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.secai_key.arn
  filename                       = "build/app.zip"
  dead_letter_config {
    target_arn = aws_sqs_queue.secai_dlq.arn
  }
  tracing_config {
    mode = "Active"
  }
  environment {
    variables = {
      MODEL_BACKEND = "hf_j6OVBvJF5AC7CMPyF3gQhq37PQOGc3suHh"
    }
  }
}

resource "aws_lambda_function" "secai_near" {
  function_name                  = "shop-prod-secai-near"
  role                           = aws_iam_role.secai_role.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.secai_key.arn
  filename                       = "build/app.zip"
  dead_letter_config {
    target_arn = aws_sqs_queue.secai_dlq.arn
  }
  tracing_config {
    mode = "Active"
  }
  environment {
    variables = {
      MODEL_BACKEND = "anthropic.claude-3-5-sonnet-20240620-v1:0"
      SKU_PREFIX    = "sk-shop"
    }
  }
}
