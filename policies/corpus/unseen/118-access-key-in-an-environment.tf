# A function's environment carries the secret part of an access key that the plan creates.
# Source: CKV_AWS_45, https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
# Fault at: aws_lambda_function.env_key_fault
# Near miss at: aws_lambda_function.env_key_near

resource "aws_kms_key" "env_key" {
  description             = "Functions"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

data "aws_iam_policy_document" "env_key_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "env_key" {
  name               = "shop-prod-env-key"
  assume_role_policy = data.aws_iam_policy_document.env_key_trust.json
}

resource "aws_iam_access_key" "env_key" {
  user = "shop-prod-mailer"
}

resource "aws_sqs_queue" "env_key_dlq" {
  name                 = "shop-prod-env-key-dlq"
  kms_master_key_id    = aws_kms_key.env_key.arn
  redrive_allow_policy = jsonencode({ redrivePermission = "denyAll" })
}

resource "aws_cloudwatch_log_group" "env_key" {
  for_each          = toset(["a", "b"])
  name              = "/aws/lambda/shop-prod-env-key-${each.key}"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.env_key.arn
}

resource "aws_lambda_function" "env_key_fault" {
  function_name                  = "shop-prod-env-key-a"
  role                           = aws_iam_role.env_key.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  s3_bucket                      = "shop-prod-artifacts"
  s3_key                         = "orders/1.4.2.zip"
  memory_size                    = 128
  timeout                        = 10
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.env_key.arn

  environment {
    variables = {
      MAIL_USER = aws_iam_access_key.env_key.id
      MAIL_AUTH = aws_iam_access_key.env_key.ses_smtp_password_v4
    }
  }

  dead_letter_config {
    target_arn = aws_sqs_queue.env_key_dlq.arn
  }

  tracing_config {
    mode = "Active"
  }

  depends_on = [aws_cloudwatch_log_group.env_key]
}

resource "aws_lambda_function" "env_key_near" {
  function_name                  = "shop-prod-env-key-b"
  role                           = aws_iam_role.env_key.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  s3_bucket                      = "shop-prod-artifacts"
  s3_key                         = "orders/1.4.2.zip"
  memory_size                    = 128
  timeout                        = 10
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.env_key.arn

  environment {
    variables = {
      QUEUE_URL = aws_sqs_queue.env_key_dlq.url
      KEY_ID    = aws_kms_key.env_key.key_id
    }
  }

  dead_letter_config {
    target_arn = aws_sqs_queue.env_key_dlq.arn
  }

  tracing_config {
    mode = "Active"
  }

  depends_on = [aws_cloudwatch_log_group.env_key]
}
