# A function has a Stripe key in its environment, cut into two variables.
# Source: CKV_SECRET_*; https://docs.stripe.com/keys
# Fault at: aws_lambda_function.secsplit_fault
# Near miss at: aws_lambda_function.secsplit_near

resource "aws_kms_key" "secsplit_key" {
  description         = "Key for secsplit_key"
  enable_key_rotation = true
}

resource "aws_iam_role" "secsplit_role" {
  name               = "shop-prod-secsplit-role"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}

resource "aws_sqs_queue" "secsplit_dlq" {
  name              = "shop-prod-secsplit-dlq"
  kms_master_key_id = aws_kms_key.secsplit_key.arn
}

resource "aws_lambda_function" "secsplit_fault" {
  function_name                  = "shop-prod-secsplit-fault"
  role                           = aws_iam_role.secsplit_role.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.secsplit_key.arn
  filename                       = "build/app.zip"
  dead_letter_config {
    target_arn = aws_sqs_queue.secsplit_dlq.arn
  }
  tracing_config {
    mode = "Active"
  }
  environment {
    variables = {
      PAY_A = "sk_live_GCeLnrvphhZtUA2zBb5PkXXUmLTlKVAJjE6vbpcFOQblI"
      PAY_B = "WjBXQKRGqpn10ft40KXMZQaSvv6zNHsz4ACqZHc3qmSUSyubAXhOIm"
    }
  }
}

# A publishable key is meant for browsers.
resource "aws_lambda_function" "secsplit_near" {
  function_name                  = "shop-prod-secsplit-near"
  role                           = aws_iam_role.secsplit_role.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.secsplit_key.arn
  filename                       = "build/app.zip"
  dead_letter_config {
    target_arn = aws_sqs_queue.secsplit_dlq.arn
  }
  tracing_config {
    mode = "Active"
  }
  environment {
    variables = {
      STRIPE_PUBLISHABLE_KEY = "pk_live_WjBXQKRGqpn10ft40KXMZQaSvv6zNHsz4ACqZHc3qmSUSyubAXhOIm"
    }
  }
}
