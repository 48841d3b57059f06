# A function has an access key in its environment.
# Source: CKV_AWS_45
# Fault at: aws_lambda_function.seclam_fault
# Near miss at: aws_lambda_function.seclam_near

resource "aws_kms_key" "seclam_key" {
  description         = "Key for seclam_key"
  enable_key_rotation = true
}

resource "aws_iam_role" "seclam_role" {
  name               = "shop-prod-seclam-role"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}

resource "aws_sqs_queue" "seclam_dlq" {
  name              = "shop-prod-seclam-dlq"
  kms_master_key_id = aws_kms_key.seclam_key.arn
}

resource "aws_secretsmanager_secret" "seclam_secret" {
  name       = "shop-prod-seclam"
  kms_key_id = aws_kms_key.seclam_key.arn
}

resource "aws_lambda_function" "seclam_fault" {
  function_name                  = "shop-prod-seclam-fault"
  role                           = aws_iam_role.seclam_role.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.seclam_key.arn
  filename                       = "build/app.zip"
  dead_letter_config {
    target_arn = aws_sqs_queue.seclam_dlq.arn
  }
  tracing_config {
    mode = "Active"
  }
  environment {
    variables = {
      REPORT_ID = "AKIAX4J72UAVHSJG3WWZ"
      REPORT_SE = "jbett82XWRk8CztfgvJNYANbpq/Bj22Xe7/nmK3C"
    }
  }
}

# Names that sound like secrets, values that are none.
resource "aws_lambda_function" "seclam_near" {
  function_name                  = "shop-prod-seclam-near"
  role                           = aws_iam_role.seclam_role.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.seclam_key.arn
  filename                       = "build/app.zip"
  dead_letter_config {
    target_arn = aws_sqs_queue.seclam_dlq.arn
  }
  tracing_config {
    mode = "Active"
  }
  environment {
    variables = {
      SECRET_ARN        = aws_secretsmanager_secret.seclam_secret.arn
      PASSWORD_POLICY   = "min-length-14"
      TOKEN_TTL_SECONDS = "3600"
      API_KEY_HEADER    = "x-api-key"
      DB_SECRET_NAME    = "shop-prod-db"
      RELEASE_SHA       = "47c819779d889dd08ab41aa342310fc2468318fd"
      TENANT            = "d0c9bd09-0d22-10f8-6950-ed723c363858"
    }
  }
}
