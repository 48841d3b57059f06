# A function has a web address that everybody may call.
# Source: CKV_AWS_258, https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
# Fault at: aws_lambda_function_url.web_fault
# Near miss at: aws_lambda_function_url.web_near

resource "aws_lambda_function" "hook" {
  function_name                  = "shop-prod-hook"
  description                    = "Takes orders of partners"
  role                           = aws_iam_role.service.arn
  runtime                        = "python3.13"
  handler                        = "main.handler"
  s3_bucket                      = "shop-prod-code"
  s3_key                         = "hook.zip"
  timeout                        = 10
  memory_size                    = 128
  reserved_concurrent_executions = 5

  dead_letter_config {
    target_arn = aws_sqs_queue.task_dead_letters.arn
  }

  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_function_url" "web_fault" {
  function_name      = aws_lambda_function.hook.function_name
  authorization_type = "NONE"

  cors {
    allow_origins = ["https://www.shop.example.com"]
  }
}

# The addresses that may call are decided by IAM; browsers of partners come from many origins.
resource "aws_lambda_function_url" "web_near" {
  function_name      = aws_lambda_function.hook.function_name
  qualifier          = "live"
  authorization_type = "AWS_IAM"

  cors {
    allow_origins = ["*"]
    allow_methods = ["GET"]
  }
}
