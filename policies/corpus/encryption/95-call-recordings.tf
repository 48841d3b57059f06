# Recordings of calls with customers are stored without a key of the account.
# Source: CKV_AWS_269, CKV_AWS_270
# Warns: the approvers decide
# Fault at: aws_connect_instance_storage_config.calls_fault
# Near miss at: aws_connect_instance_storage_config.calls_near

resource "aws_kms_key" "calls" {
  description         = "Calls"
  enable_key_rotation = true
}

resource "aws_kinesis_stream" "calls" {
  name             = "shop-prod-calls"
  retention_period = 168
  encryption_type  = "KMS"
  kms_key_id       = aws_kms_key.calls.arn
  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}

resource "aws_connect_instance_storage_config" "calls_fault" {
  instance_id   = "aaaaaaaa-bbbb-cccc-dddd-111111111111"
  resource_type = "CALL_RECORDINGS"
  storage_config {
    storage_type = "S3"
    s3_config {
      bucket_name   = "shop-prod-call-recordings"
      bucket_prefix = "calls"
    }
  }
}

# The stream has the key; there is no such setting here.
resource "aws_connect_instance_storage_config" "calls_near" {
  instance_id   = "aaaaaaaa-bbbb-cccc-dddd-111111111111"
  resource_type = "CONTACT_TRACE_RECORDS"
  storage_config {
    storage_type = "KINESIS_STREAM"
    kinesis_stream_config {
      stream_arn = aws_kinesis_stream.calls.arn
    }
  }
}
