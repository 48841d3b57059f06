resource "aws_kms_key" "removed_fault" {
  description             = "Removed"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_cloudwatch_log_group" "removed_fault" {
  name              = "/shop/prod/removed"
  retention_in_days = 365
  kms_key_id        = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"
}

resource "aws_kinesis_stream" "removed_fault" {
  name             = "shop-prod-removed"
  retention_period = 168
  encryption_type  = "KMS"
  kms_key_id       = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}

resource "aws_cloudwatch_log_group" "removed_near" {
  name              = "/shop/prod/changed"
  retention_in_days = 365
  kms_key_id        = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"
}
