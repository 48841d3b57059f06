# The records of a log group are sent to a destination that is known only after the apply.
# Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CrossAccountSubscriptions.html
# Fault at: aws_cloudwatch_log_subscription_filter.logs_unknown_fault
# Near miss at: aws_cloudwatch_log_subscription_filter.logs_unknown_near

resource "terraform_data" "logs_unknown" {
  input = "arn:aws:logs:eu-central-1:999988887777:destination:collector"
}

resource "aws_kms_key" "logs_unknown" {
  description             = "Streams"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

data "aws_iam_policy_document" "logs_unknown" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["logs.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "logs_unknown" {
  name               = "shop-prod-logs-unknown"
  assume_role_policy = data.aws_iam_policy_document.logs_unknown.json
}

resource "aws_kinesis_stream" "logs_unknown" {
  name             = "shop-prod-logs-unknown"
  retention_period = 48
  encryption_type  = "KMS"
  kms_key_id       = aws_kms_key.logs_unknown.arn

  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}

resource "aws_cloudwatch_log_subscription_filter" "logs_unknown_fault" {
  name            = "shop-prod-logs-unknown-a"
  log_group_name  = "shop-prod-orders"
  filter_pattern  = ""
  destination_arn = terraform_data.logs_unknown.output
  role_arn        = aws_iam_role.logs_unknown.arn
}

resource "aws_cloudwatch_log_subscription_filter" "logs_unknown_near" {
  name            = "shop-prod-logs-unknown-b"
  log_group_name  = "shop-prod-orders"
  filter_pattern  = ""
  destination_arn = aws_kinesis_stream.logs_unknown.arn
  role_arn        = aws_iam_role.logs_unknown.arn
}
