# A function takes its code from a bucket of a stranger.
# Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html
# Fault at: aws_lambda_function.lamsrc_fault
# Near miss at: aws_lambda_function.lamsrc_near

resource "aws_kms_key" "lamsrc_key" {
  description         = "Key for lamsrc_key"
  enable_key_rotation = true
}

resource "aws_iam_role" "lamsrc_role" {
  name               = "shop-prod-lamsrc-role"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}

resource "aws_sqs_queue" "lamsrc_dlq" {
  name              = "shop-prod-lamsrc-dlq"
  kms_master_key_id = aws_kms_key.lamsrc_key.arn
}

resource "aws_lambda_function" "lamsrc_fault" {
  function_name                  = "shop-prod-lamsrc-fault"
  role                           = aws_iam_role.lamsrc_role.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.lamsrc_key.arn

  dead_letter_config {
    target_arn = aws_sqs_queue.lamsrc_dlq.arn
  }
  tracing_config {
    mode = "Active"
  }
  s3_bucket = "some-strangers-artifacts"
  s3_key    = "app.zip"
}

resource "aws_lambda_function" "lamsrc_near" {
  function_name                  = "shop-prod-lamsrc-near"
  role                           = aws_iam_role.lamsrc_role.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.lamsrc_key.arn

  dead_letter_config {
    target_arn = aws_sqs_queue.lamsrc_dlq.arn
  }
  tracing_config {
    mode = "Active"
  }
  s3_bucket         = "shop-prod-artifacts"
  s3_key            = "app-42.zip"
  s3_object_version = "3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY"
}
