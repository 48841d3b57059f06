# Functions have short, readable passwords in variables whose names say so in several ways.
# Source: CKV_AWS_45; Lambda best practices
# Fault at: aws_lambda_function.secnam_pwd_fault
# Fault at: aws_lambda_function.secnam_pass_fault
# Fault at: aws_lambda_function.secnam_camel_fault
# Fault at: aws_lambda_function.secnam_de_fault
# Fault at: aws_lambda_function.secnam_phrase_fault
# Near miss at: aws_lambda_function.secnam_near

resource "aws_kms_key" "secnam_key" {
  description         = "Key for secnam_key"
  enable_key_rotation = true
}

resource "aws_iam_role" "secnam_role" {
  name               = "shop-prod-secnam-role"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}

resource "aws_sqs_queue" "secnam_dlq" {
  name              = "shop-prod-secnam-dlq"
  kms_master_key_id = aws_kms_key.secnam_key.arn
}

resource "aws_lambda_function" "secnam_pwd_fault" {
  function_name                  = "shop-prod-secnam-pwd_fault"
  role                           = aws_iam_role.secnam_role.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.secnam_key.arn
  filename                       = "build/app.zip"
  dead_letter_config {
    target_arn = aws_sqs_queue.secnam_dlq.arn
  }
  tracing_config {
    mode = "Active"
  }
  environment {
    variables = { DB_PWD = "Sommer2024" }
  }
}

resource "aws_lambda_function" "secnam_pass_fault" {
  function_name                  = "shop-prod-secnam-pass_fault"
  role                           = aws_iam_role.secnam_role.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.secnam_key.arn
  filename                       = "build/app.zip"
  dead_letter_config {
    target_arn = aws_sqs_queue.secnam_dlq.arn
  }
  tracing_config {
    mode = "Active"
  }
  environment {
    variables = { SMTP_PASS = "Sommer2024" }
  }
}

resource "aws_lambda_function" "secnam_camel_fault" {
  function_name                  = "shop-prod-secnam-camel_fault"
  role                           = aws_iam_role.secnam_role.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.secnam_key.arn
  filename                       = "build/app.zip"
  dead_letter_config {
    target_arn = aws_sqs_queue.secnam_dlq.arn
  }
  tracing_config {
    mode = "Active"
  }
  environment {
    variables = { spring_datasource_dbPassword = "Sommer2024" }
  }
}

resource "aws_lambda_function" "secnam_de_fault" {
  function_name                  = "shop-prod-secnam-de_fault"
  role                           = aws_iam_role.secnam_role.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.secnam_key.arn
  filename                       = "build/app.zip"
  dead_letter_config {
    target_arn = aws_sqs_queue.secnam_dlq.arn
  }
  tracing_config {
    mode = "Active"
  }
  environment {
    variables = { DB_KENNWORT = "Sommer2024" }
  }
}

resource "aws_lambda_function" "secnam_phrase_fault" {
  function_name                  = "shop-prod-secnam-phrase_fault"
  role                           = aws_iam_role.secnam_role.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.secnam_key.arn
  filename                       = "build/app.zip"
  dead_letter_config {
    target_arn = aws_sqs_queue.secnam_dlq.arn
  }
  tracing_config {
    mode = "Active"
  }
  environment {
    variables = { SIGNING_PASSPHRASE = "vier gute alte Worte" }
  }
}

resource "aws_lambda_function" "secnam_near" {
  function_name                  = "shop-prod-secnam-near"
  role                           = aws_iam_role.secnam_role.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.secnam_key.arn
  filename                       = "build/app.zip"
  dead_letter_config {
    target_arn = aws_sqs_queue.secnam_dlq.arn
  }
  tracing_config {
    mode = "Active"
  }
  environment {
    variables = {
      PASSWORD_RESET_URL  = "https://shop.example.com/reset"
      BYPASS_CACHE        = "true"
      COMPASS_HOST        = "compass.shop.internal"
      MIN_PASSWORD_LENGTH = "14"
      TOKEN_ENDPOINT      = "https://login.example.com/token"
      PASSPORT_FIELD      = "number"
    }
  }
}
