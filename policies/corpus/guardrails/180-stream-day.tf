# The stream of audit events keeps them for a day instead of a week.
# Source: https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html
# Fault at: aws_kinesis_stream.stream_day_fault
# Near miss at: aws_kinesis_stream.stream_day_near

resource "aws_kinesis_stream" "stream_day_fault" {
  name             = "shop-prod-orders"
  retention_period = 24
  encryption_type  = "KMS"
  kms_key_id       = "alias/shop-prod-events"
  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}

resource "aws_kinesis_stream" "stream_day_near" {
  name             = "shop-prod-billing"
  retention_period = 8760
  encryption_type  = "KMS"
  kms_key_id       = "alias/shop-prod-events"
  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}
