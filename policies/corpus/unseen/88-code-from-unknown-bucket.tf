# A function's code comes from a bucket that is known only after the apply, and it belongs to a stranger.
# Source: https://docs.aws.amazon.com/lambda/latest/dg/security-configuration.html, CKV_AWS_272
# Fault at: aws_lambda_function.code_unknown_fault
# Near miss at: aws_lambda_function.code_unknown_near

resource "terraform_data" "code_unknown" {
  input = "acme-public-builds"
}

resource "aws_kms_key" "code_unknown" {
  description             = "Functions"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

data "aws_iam_policy_document" "code_unknown_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "code_unknown" {
  name               = "shop-prod-code-unknown"
  assume_role_policy = data.aws_iam_policy_document.code_unknown_trust.json
}

resource "aws_sqs_queue" "code_unknown_dlq" {
  name                 = "shop-prod-code-unknown-dlq"
  kms_master_key_id    = aws_kms_key.code_unknown.arn
  redrive_allow_policy = jsonencode({ redrivePermission = "denyAll" })
}

resource "aws_cloudwatch_log_group" "code_unknown" {
  for_each          = toset(["a", "b"])
  name              = "/aws/lambda/shop-prod-code-unknown-${each.key}"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.code_unknown.arn
}

resource "aws_s3_bucket" "code_unknown" {
  bucket = "shop-prod-artifacts"
}

resource "aws_lambda_function" "code_unknown_fault" {
  runtime                        = "python3.13"
  handler                        = "app.handler"
  s3_key                         = "orders/1.4.2.zip"
  memory_size                    = 128
  timeout                        = 10
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.code_unknown.arn

  dead_letter_config {
    target_arn = aws_sqs_queue.code_unknown_dlq.arn
  }

  tracing_config {
    mode = "Active"
  }

  depends_on    = [aws_cloudwatch_log_group.code_unknown]
  function_name = "shop-prod-code-unknown-a"
  role          = aws_iam_role.code_unknown.arn
  s3_bucket     = terraform_data.code_unknown.output
}

resource "aws_lambda_function" "code_unknown_near" {
  runtime                        = "python3.13"
  handler                        = "app.handler"
  s3_key                         = "orders/1.4.2.zip"
  memory_size                    = 128
  timeout                        = 10
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.code_unknown.arn

  dead_letter_config {
    target_arn = aws_sqs_queue.code_unknown_dlq.arn
  }

  tracing_config {
    mode = "Active"
  }

  depends_on    = [aws_cloudwatch_log_group.code_unknown]
  function_name = "shop-prod-code-unknown-b"
  role          = aws_iam_role.code_unknown.arn
  s3_bucket     = aws_s3_bucket.code_unknown.id
}
