# The function keeps where its secrets are in its environment without a key of the account.
# Source: CKV_AWS_173, https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
# Fault at: aws_lambda_function.environment_fault
# Near miss at: aws_lambda_function.environment_near

resource "aws_iam_role" "environment" {
  name = "shop-prod-functions"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_kms_key" "environment" {
  description         = "Functions"
  enable_key_rotation = true
}

resource "aws_sqs_queue" "environment_dead" {
  name              = "shop-prod-functions-dead"
  kms_master_key_id = aws_kms_key.environment.arn
}

resource "aws_lambda_function" "environment_fault" {
  function_name                  = "shop-prod-invoice"
  role                           = aws_iam_role.environment.arn
  runtime                        = "python3.13"
  handler                        = "invoice.handler"
  s3_bucket                      = "shop-prod-functions"
  s3_key                         = "invoice-1.2.0.zip"
  timeout                        = 10
  memory_size                    = 128
  reserved_concurrent_executions = 5
  architectures                  = ["arm64"]
  kms_key_arn                    = ""
  dead_letter_config {
    target_arn = aws_sqs_queue.environment_dead.arn
  }
  tracing_config {
    mode = "Active"
  }
  environment {
    variables = { PARTNER_ENDPOINT = "https://partner.example/v2", CUSTOMER_LIST = "premium,wholesale" }
  }
}

# Has no environment, so nothing that a key would protect.
resource "aws_lambda_function" "environment_near" {
  function_name                  = "shop-prod-resize"
  role                           = aws_iam_role.environment.arn
  runtime                        = "python3.13"
  handler                        = "resize.handler"
  s3_bucket                      = "shop-prod-functions"
  s3_key                         = "resize-1.2.0.zip"
  timeout                        = 10
  memory_size                    = 128
  reserved_concurrent_executions = 5
  architectures                  = ["arm64"]
  dead_letter_config {
    target_arn = aws_sqs_queue.environment_dead.arn
  }
  tracing_config {
    mode = "Active"
  }
}
