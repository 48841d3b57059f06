# A function gets a role that is known only after the apply, and it is the organization's administrator.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
# Fault at: aws_lambda_function.fn_role_fault
# Near miss at: aws_lambda_function.fn_role_near

resource "terraform_data" "fn_role" {
  input = "arn:aws:iam::123456789012:role/OrganizationAccountAccessRole"
}

resource "aws_kms_key" "fn_role" {
  description             = "Functions"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

data "aws_iam_policy_document" "fn_role_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "fn_role" {
  name               = "shop-prod-fn-role"
  assume_role_policy = data.aws_iam_policy_document.fn_role_trust.json
}

resource "aws_sqs_queue" "fn_role_dlq" {
  name                 = "shop-prod-fn-role-dlq"
  kms_master_key_id    = aws_kms_key.fn_role.arn
  redrive_allow_policy = jsonencode({ redrivePermission = "denyAll" })
}

resource "aws_cloudwatch_log_group" "fn_role" {
  for_each          = toset(["a", "b"])
  name              = "/aws/lambda/shop-prod-fn-role-${each.key}"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.fn_role.arn
}

resource "aws_lambda_function" "fn_role_fault" {
  runtime                        = "python3.13"
  handler                        = "app.handler"
  s3_key                         = "orders/1.4.2.zip"
  memory_size                    = 128
  timeout                        = 10
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.fn_role.arn

  dead_letter_config {
    target_arn = aws_sqs_queue.fn_role_dlq.arn
  }

  tracing_config {
    mode = "Active"
  }

  depends_on    = [aws_cloudwatch_log_group.fn_role]
  function_name = "shop-prod-fn-role-a"
  role          = terraform_data.fn_role.output
  s3_bucket     = "shop-prod-artifacts"
}

resource "aws_lambda_function" "fn_role_near" {
  runtime                        = "python3.13"
  handler                        = "app.handler"
  s3_key                         = "orders/1.4.2.zip"
  memory_size                    = 128
  timeout                        = 10
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.fn_role.arn

  dead_letter_config {
    target_arn = aws_sqs_queue.fn_role_dlq.arn
  }

  tracing_config {
    mode = "Active"
  }

  depends_on    = [aws_cloudwatch_log_group.fn_role]
  function_name = "shop-prod-fn-role-b"
  role          = one(aws_iam_role.fn_role[*].arn)
  s3_bucket     = "shop-prod-artifacts"
}
