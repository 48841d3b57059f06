# A function loads a layer that belongs to a foreign account.
# Source: https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html
# Fault at: aws_lambda_function.lamlay_fault
# Near miss at: aws_lambda_function.lamlay_near

resource "aws_kms_key" "lamlay_key" {
  description         = "Key for lamlay_key"
  enable_key_rotation = true
}

resource "aws_iam_role" "lamlay_role" {
  name               = "shop-prod-lamlay-role"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}

resource "aws_sqs_queue" "lamlay_dlq" {
  name              = "shop-prod-lamlay-dlq"
  kms_master_key_id = aws_kms_key.lamlay_key.arn
}

resource "aws_lambda_function" "lamlay_fault" {
  function_name                  = "shop-prod-lamlay-fault"
  role                           = aws_iam_role.lamlay_role.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.lamlay_key.arn
  filename                       = "build/app.zip"
  dead_letter_config {
    target_arn = aws_sqs_queue.lamlay_dlq.arn
  }
  tracing_config {
    mode = "Active"
  }
  layers = ["arn:aws:lambda:${var.region}:999988887777:layer:requests:3"]
}

resource "aws_lambda_layer_version" "lamlay_layer" {
  layer_name = "shop-prod-lamlay"
  filename   = "build/requests.zip"
}

resource "aws_lambda_function" "lamlay_near" {
  function_name                  = "shop-prod-lamlay-near"
  role                           = aws_iam_role.lamlay_role.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.lamlay_key.arn
  filename                       = "build/app.zip"
  dead_letter_config {
    target_arn = aws_sqs_queue.lamlay_dlq.arn
  }
  tracing_config {
    mode = "Active"
  }
  layers = [aws_lambda_layer_version.lamlay_layer.arn]
}
