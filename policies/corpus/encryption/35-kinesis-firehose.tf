# The stream and the delivery stream keep records without encryption.
# Source: Kinesis.1, CKV_AWS_43, CKV_AWS_240, AVD-AWS-0064
# Fault at: aws_kinesis_stream.records_fault
# Fault at: aws_kinesis_firehose_delivery_stream.records_fault
# Near miss at: aws_kinesis_firehose_delivery_stream.records_near
# Near miss at: aws_kinesis_stream.records_near

resource "aws_kms_key" "records" {
  description         = "Records"
  enable_key_rotation = true
}

resource "aws_iam_role" "records" {
  name = "shop-prod-records"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "firehose.amazonaws.com" }
    }]
  })
}

resource "aws_s3_bucket" "records_store" {
  bucket = "shop-prod-records"
}

resource "aws_s3_bucket_public_access_block" "records_store" {
  bucket                  = aws_s3_bucket.records_store.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "records_store" {
  bucket = aws_s3_bucket.records_store.bucket
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "records_store" {
  bucket = aws_s3_bucket.records_store.bucket
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.records.arn
    }
  }
}

variable "records_encryption" {
  description = "How the records are encrypted."
  type        = string
  default     = "NONE"
}

resource "aws_cloudwatch_log_group" "records" {
  name              = "/shop/prod/records"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.records.arn
}

resource "aws_kinesis_stream" "records_fault" {
  name             = "shop-prod-events"
  retention_period = 168
  encryption_type  = var.records_encryption
  kms_key_id       = aws_kms_key.records.arn
  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}

resource "aws_kinesis_stream" "records_near" {
  name             = "shop-prod-visits"
  retention_period = 168
  encryption_type  = "KMS"
  kms_key_id       = aws_kms_key.records.id
  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}

resource "aws_kinesis_firehose_delivery_stream" "records_fault" {
  name        = "shop-prod-direct"
  destination = "extended_s3"
  server_side_encryption {
    enabled = false
  }
  extended_s3_configuration {
    role_arn    = aws_iam_role.records.arn
    bucket_arn  = aws_s3_bucket.records_store.arn
    kms_key_arn = aws_kms_key.records.arn
    cloudwatch_logging_options {
      enabled         = true
      log_group_name  = aws_cloudwatch_log_group.records.name
      log_stream_name = "direct"
    }
  }
}

# With a stream as its source, the stream does the encryption; the setting is an error of the API.
resource "aws_kinesis_firehose_delivery_stream" "records_near" {
  name        = "shop-prod-from-stream"
  destination = "extended_s3"
  kinesis_source_configuration {
    kinesis_stream_arn = aws_kinesis_stream.records_near.arn
    role_arn           = aws_iam_role.records.arn
  }
  extended_s3_configuration {
    role_arn    = aws_iam_role.records.arn
    bucket_arn  = aws_s3_bucket.records_store.arn
    kms_key_arn = aws_kms_key.records.arn
    cloudwatch_logging_options {
      enabled         = true
      log_group_name  = aws_cloudwatch_log_group.records.name
      log_stream_name = "from-stream"
    }
  }
}
