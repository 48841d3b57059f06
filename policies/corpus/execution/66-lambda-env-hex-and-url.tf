# Two functions have tokens in hexadecimal and in percent encoding.
# Source: CKV_SECRET_*
# Fault at: aws_lambda_function.sechex_fault
# Fault at: aws_lambda_function.sechex_url_fault
# Near miss at: aws_lambda_function.sechex_near

resource "aws_kms_key" "sechex_key" {
  description         = "Key for sechex_key"
  enable_key_rotation = true
}

resource "aws_iam_role" "sechex_role" {
  name               = "shop-prod-sechex-role"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}

resource "aws_sqs_queue" "sechex_dlq" {
  name              = "shop-prod-sechex-dlq"
  kms_master_key_id = aws_kms_key.sechex_key.arn
}

resource "aws_lambda_function" "sechex_fault" {
  function_name                  = "shop-prod-sechex-fault"
  role                           = aws_iam_role.sechex_role.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.sechex_key.arn
  filename                       = "build/app.zip"
  dead_letter_config {
    target_arn = aws_sqs_queue.sechex_dlq.arn
  }
  tracing_config {
    mode = "Active"
  }
  environment {
    variables = {
      SALT = "676c7061742d4e6969487a785a3679696b514f5a4a514d354670"
    }
  }
}

resource "aws_lambda_function" "sechex_url_fault" {
  function_name                  = "shop-prod-sechex-url_fault"
  role                           = aws_iam_role.sechex_role.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.sechex_key.arn
  filename                       = "build/app.zip"
  dead_letter_config {
    target_arn = aws_sqs_queue.sechex_dlq.arn
  }
  tracing_config {
    mode = "Active"
  }
  environment {
    variables = {
      CALLBACK = "https://api.example.com/?k=%78%6F%78%62%2D%38%36%37%37%39%36%37%35%37%31%35%39%2D%34%30%38%30%33%34%38%32%36%35%35%32%39%2D%72%34%43%74%46%62%59%66%4A%59%46%41%4F%39%30%30%64%49%57%58%63%51%4A%6A"
    }
  }
}

resource "aws_lambda_function" "sechex_near" {
  function_name                  = "shop-prod-sechex-near"
  role                           = aws_iam_role.sechex_role.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.sechex_key.arn
  filename                       = "build/app.zip"
  dead_letter_config {
    target_arn = aws_sqs_queue.sechex_dlq.arn
  }
  tracing_config {
    mode = "Active"
  }
  environment {
    variables = {
      SALT     = "8765c6d45eb458d23ce7db4e74bdba165a97500b64754f4ed816b79e2312cb98"
      CALLBACK = "https://api.example.com/?next=%2Forders%2F42%3Ftab%3Dkeys"
    }
  }
}
