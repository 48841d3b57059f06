# The function has a concurrency of 0, so every request to it is refused.
# Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
# Fault at: aws_lambda_function.conc_fault
# Near miss at: aws_lambda_function.conc_near

resource "aws_lambda_function" "conc_fault" {
  function_name                  = "shop-prod-never"
  role                           = aws_iam_role.work_exec.arn
  runtime                        = "python3.13"
  handler                        = "main.handler"
  s3_bucket                      = "shop-prod-artifacts"
  s3_key                         = "work.zip"
  s3_object_version              = "3"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 0
  kms_key_arn                    = aws_kms_key.work.arn
  code_signing_config_arn        = aws_lambda_code_signing_config.work.arn
  tracing_config { mode = "Active" }
  dead_letter_config { target_arn = aws_sqs_queue.work_dlq.arn }
  vpc_config {
    subnet_ids         = [aws_subnet.work_a.id, aws_subnet.work_b.id]
    security_group_ids = [aws_security_group.work_app.id]
  }

}

# One at a time is on purpose: the function must not overtake itself.
resource "aws_lambda_function" "conc_near" {
  function_name                  = "shop-prod-serial"
  role                           = aws_iam_role.work_exec.arn
  runtime                        = "python3.13"
  handler                        = "main.handler"
  s3_bucket                      = "shop-prod-artifacts"
  s3_key                         = "work.zip"
  s3_object_version              = "3"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 1
  kms_key_arn                    = aws_kms_key.work.arn
  code_signing_config_arn        = aws_lambda_code_signing_config.work.arn
  tracing_config { mode = "Active" }
  dead_letter_config { target_arn = aws_sqs_queue.work_dlq.arn }
  vpc_config {
    subnet_ids         = [aws_subnet.work_a.id, aws_subnet.work_b.id]
    security_group_ids = [aws_security_group.work_app.id]
  }

}
