# A function's environment carries a database address with a password that was put together by format().
# Source: CKV_AWS_45, Lambda environment variables guide
# Fault at: aws_lambda_function.env_secret_fault
# Near miss at: aws_lambda_function.env_secret_near

locals {
  env_secret = ["Winter", "2024", "shop"]
}

resource "aws_kms_key" "env_secret" {
  description             = "Functions"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_secretsmanager_secret" "env_secret" {
  name       = "shop-prod-env-secret"
  kms_key_id = aws_kms_key.env_secret.arn
}

resource "aws_sqs_queue" "env_secret_dlq" {
  name              = "shop-prod-env-secret-dlq"
  kms_master_key_id = aws_kms_key.env_secret.arn

  redrive_allow_policy = jsonencode({ redrivePermission = "denyAll" })
}

data "aws_iam_policy_document" "env_secret" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "env_secret" {
  name               = "shop-prod-env-secret"
  assume_role_policy = data.aws_iam_policy_document.env_secret.json
}

resource "aws_cloudwatch_log_group" "env_secret" {
  for_each          = toset(["a", "b"])
  name              = "/aws/lambda/shop-prod-env-secret-${each.key}"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.env_secret.arn
}

resource "aws_lambda_function" "env_secret_fault" {
  function_name                  = "shop-prod-env-secret-a"
  role                           = aws_iam_role.env_secret.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  s3_bucket                      = "shop-prod-artifacts"
  s3_key                         = "orders/1.4.2.zip"
  memory_size                    = 128
  timeout                        = 10
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.env_secret.arn

  environment {
    variables = {
      DATABASE = format("postgres://%s:%s@db.shop.internal:5432/shop", "shopadmin", join("-", local.env_secret))
    }
  }

  dead_letter_config {
    target_arn = aws_sqs_queue.env_secret_dlq.arn
  }

  tracing_config {
    mode = "Active"
  }

  depends_on = [aws_cloudwatch_log_group.env_secret]
}

resource "aws_lambda_function" "env_secret_near" {
  function_name                  = "shop-prod-env-secret-b"
  role                           = aws_iam_role.env_secret.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  s3_bucket                      = "shop-prod-artifacts"
  s3_key                         = "orders/1.4.2.zip"
  memory_size                    = 128
  timeout                        = 10
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.env_secret.arn

  environment {
    variables = {
      DATABASE             = format("postgres://db.shop.internal:%d/shop", 5432)
      DATABASE_PASSWORD_ID = aws_secretsmanager_secret.env_secret.arn
    }
  }

  dead_letter_config {
    target_arn = aws_sqs_queue.env_secret_dlq.arn
  }

  tracing_config {
    mode = "Active"
  }

  depends_on = [aws_cloudwatch_log_group.env_secret]
}
