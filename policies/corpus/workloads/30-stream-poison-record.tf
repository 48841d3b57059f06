# One bad record blocks its shard until it expires, since the mapping retries without end and puts nothing aside.
# Source: https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
# Fault at: aws_lambda_event_source_mapping.poison_fault
# Near miss at: aws_lambda_event_source_mapping.poison_near

resource "aws_kinesis_stream" "orders" {
  name             = "shop-prod-orders"
  retention_period = 168
  encryption_type  = "KMS"
  kms_key_id       = aws_kms_key.work.arn
  stream_mode_details { stream_mode = "ON_DEMAND" }
}

resource "aws_lambda_event_source_mapping" "poison_fault" {
  event_source_arn       = aws_kinesis_stream.orders.arn
  function_name          = aws_lambda_function.work.arn
  starting_position      = "TRIM_HORIZON"
  batch_size             = 100
  maximum_retry_attempts = -1
}

resource "aws_lambda_event_source_mapping" "poison_near" {
  event_source_arn               = aws_kinesis_stream.orders.arn
  function_name                  = aws_lambda_function.work.arn
  starting_position              = "TRIM_HORIZON"
  batch_size                     = 100
  maximum_retry_attempts         = 5
  maximum_record_age_in_seconds  = 3600
  bisect_batch_on_function_error = true
  function_response_types        = ["ReportBatchItemFailures"]
  destination_config {
    on_failure { destination_arn = aws_sqs_queue.work_dlq.arn }
  }
}
