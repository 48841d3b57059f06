# A change takes the key away from a log group, switches a key off, and stops encryption of a stream.
# Source: CKV_AWS_158, KMS.3, Kinesis.1
# Fault at: aws_cloudwatch_log_group.removed_fault
# Fault at: aws_kms_key.removed_fault
# Fault at: aws_kinesis_stream.removed_fault
# Near miss at: aws_cloudwatch_log_group.removed_near

resource "aws_kms_key" "removed_other" {
  description         = "Logs"
  enable_key_rotation = true
}

resource "aws_cloudwatch_log_group" "removed_fault" {
  name              = "/shop/prod/removed"
  retention_in_days = 365
}

resource "aws_kms_key" "removed_fault" {
  description             = "Removed"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  is_enabled              = false
}

resource "aws_kinesis_stream" "removed_fault" {
  name             = "shop-prod-removed"
  retention_period = 168
  encryption_type  = "NONE"
  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}

# Changes from one key to another.
resource "aws_cloudwatch_log_group" "removed_near" {
  name              = "/shop/prod/changed"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.removed_other.arn
}
