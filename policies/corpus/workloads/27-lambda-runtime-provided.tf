# The function runs on the first custom runtime, which AWS stopped patching in 2024.
# Source: Lambda.2, CKV_AWS_363, https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
# Fault at: aws_lambda_function.rt_fault
# Near miss at: aws_lambda_function.rt_near

resource "aws_lambda_function" "rt_fault" {
  function_name                  = "shop-prod-rt-provided"
  role                           = aws_iam_role.work_exec.arn
  runtime                        = "provided"
  handler                        = "bootstrap"
  s3_bucket                      = "shop-prod-artifacts"
  s3_key                         = "work.zip"
  s3_object_version              = "3"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 10
  kms_key_arn                    = aws_kms_key.work.arn
  code_signing_config_arn        = aws_lambda_code_signing_config.work.arn
  tracing_config { mode = "Active" }
  dead_letter_config { target_arn = aws_sqs_queue.work_dlq.arn }
  vpc_config {
    subnet_ids         = [aws_subnet.work_a.id, aws_subnet.work_b.id]
    security_group_ids = [aws_security_group.work_app.id]
  }

}

resource "aws_lambda_function" "rt_near" {
  function_name                  = "shop-prod-rt-provided23"
  role                           = aws_iam_role.work_exec.arn
  runtime                        = "provided.al2023"
  handler                        = "bootstrap"
  s3_bucket                      = "shop-prod-artifacts"
  s3_key                         = "work.zip"
  s3_object_version              = "3"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 10
  kms_key_arn                    = aws_kms_key.work.arn
  code_signing_config_arn        = aws_lambda_code_signing_config.work.arn
  tracing_config { mode = "Active" }
  dead_letter_config { target_arn = aws_sqs_queue.work_dlq.arn }
  vpc_config {
    subnet_ids         = [aws_subnet.work_a.id, aws_subnet.work_b.id]
    security_group_ids = [aws_security_group.work_app.id]
  }

}
