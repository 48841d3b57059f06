# Messages of this queue that always fail are handed out again and again until they expire.
# Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html, SQS best practices
# Fault at: aws_sqs_queue.noredrive_fault
# Near miss at: aws_sqs_queue.noredrive_near

resource "aws_sqs_queue" "noredrive_fault" {
  name                       = "shop-prod-mails"
  kms_master_key_id          = aws_kms_key.work.id
  visibility_timeout_seconds = 180
  message_retention_seconds  = 1209600
}

# No redrive either, for it is itself the place to which a function's failures go.
resource "aws_sqs_queue" "noredrive_near" {
  name                       = "shop-prod-failed"
  kms_master_key_id          = aws_kms_key.work.id
  visibility_timeout_seconds = 180
  message_retention_seconds  = 1209600
}

resource "aws_lambda_function" "noredrive" {
  function_name                  = "shop-prod-mailer"
  role                           = aws_iam_role.work_exec.arn
  runtime                        = "python3.13"
  handler                        = "main.handler"
  s3_bucket                      = "shop-prod-artifacts"
  s3_key                         = "work.zip"
  s3_object_version              = "3"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 10
  kms_key_arn                    = aws_kms_key.work.arn
  code_signing_config_arn        = aws_lambda_code_signing_config.work.arn
  tracing_config { mode = "Active" }
  dead_letter_config { target_arn = aws_sqs_queue.noredrive_near.arn }
  vpc_config {
    subnet_ids         = [aws_subnet.work_a.id, aws_subnet.work_b.id]
    security_group_ids = [aws_security_group.work_app.id]
  }

}
