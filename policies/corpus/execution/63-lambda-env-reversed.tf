# A function has a GitHub token in its environment, written backwards.
# Source: CKV_SECRET_* (obfuscated), https://attack.mitre.org/techniques/T1027/
# Fault at: aws_lambda_function.secrev_fault
# Near miss at: aws_lambda_function.secrev_near

resource "aws_kms_key" "secrev_key" {
  description         = "Key for secrev_key"
  enable_key_rotation = true
}

resource "aws_iam_role" "secrev_role" {
  name               = "shop-prod-secrev-role"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}

resource "aws_sqs_queue" "secrev_dlq" {
  name              = "shop-prod-secrev-dlq"
  kms_master_key_id = aws_kms_key.secrev_key.arn
}

resource "aws_lambda_function" "secrev_fault" {
  function_name                  = "shop-prod-secrev-fault"
  role                           = aws_iam_role.secrev_role.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.secrev_key.arn
  filename                       = "build/app.zip"
  dead_letter_config {
    target_arn = aws_sqs_queue.secrev_dlq.arn
  }
  tracing_config {
    mode = "Active"
  }
  environment {
    variables = {
      CACHE_SEED = "a4Pj5Ri45caQAFc2gvOmUEYKLEywYuz8B4W9_phg"
    }
  }
}

resource "aws_lambda_function" "secrev_near" {
  function_name                  = "shop-prod-secrev-near"
  role                           = aws_iam_role.secrev_role.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.secrev_key.arn
  filename                       = "build/app.zip"
  dead_letter_config {
    target_arn = aws_sqs_queue.secrev_dlq.arn
  }
  tracing_config {
    mode = "Active"
  }
  environment {
    variables = {
      CACHE_SEED = "8765c6d45eb458d23ce7db4e74bdba165a97500b64754f4ed816b79e2312cb98"
    }
  }
}
