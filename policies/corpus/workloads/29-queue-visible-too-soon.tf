# The queue hands a message out again after 60 seconds although the function may work on it for 120.
# Source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
# Fault at: aws_sqs_queue.vis_fault
# Near miss at: aws_sqs_queue.vis_near

resource "aws_lambda_function" "vis" {
  function_name                  = "shop-prod-vis"
  role                           = aws_iam_role.work_exec.arn
  runtime                        = "python3.13"
  handler                        = "main.handler"
  s3_bucket                      = "shop-prod-artifacts"
  s3_key                         = "work.zip"
  s3_object_version              = "3"
  timeout                        = 120
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

resource "aws_sqs_queue" "vis_fault" {
  name                       = "shop-prod-vis-short"
  kms_master_key_id          = aws_kms_key.work.id
  visibility_timeout_seconds = 60
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.work_dlq.arn
    maxReceiveCount     = 5
  })

}

resource "aws_lambda_event_source_mapping" "vis_short" {
  event_source_arn        = aws_sqs_queue.vis_fault.arn
  function_name           = aws_lambda_function.vis.arn
  batch_size              = 5
  function_response_types = ["ReportBatchItemFailures"]
  scaling_config { maximum_concurrency = 5 }
}

resource "aws_sqs_queue" "vis_near" {
  name                       = "shop-prod-vis"
  kms_master_key_id          = aws_kms_key.work.id
  visibility_timeout_seconds = 720
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.work_dlq.arn
    maxReceiveCount     = 5
  })

}

resource "aws_lambda_event_source_mapping" "vis_long" {
  event_source_arn        = aws_sqs_queue.vis_near.arn
  function_name           = aws_lambda_function.vis.arn
  batch_size              = 5
  function_response_types = ["ReportBatchItemFailures"]
  scaling_config { maximum_concurrency = 5 }
}
