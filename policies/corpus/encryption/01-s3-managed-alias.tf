# The bucket of payment exports is encrypted with AWS's own S3 key, which the account cannot govern.
# Source: CKV_AWS_145, https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
# Fault at: aws_s3_bucket_server_side_encryption_configuration.managed_alias_fault
# Near miss at: aws_s3_bucket_server_side_encryption_configuration.managed_alias_near

resource "aws_s3_bucket" "managed_alias_exports" {
  bucket = "shop-prod-payment-exports"
}

resource "aws_s3_bucket_public_access_block" "managed_alias_exports" {
  bucket                  = aws_s3_bucket.managed_alias_exports.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "managed_alias_exports" {
  bucket = aws_s3_bucket.managed_alias_exports.bucket
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "managed_alias_fault" {
  bucket = aws_s3_bucket.managed_alias_exports.bucket
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = "alias/aws/s3"
    }
  }
}

resource "aws_s3_bucket" "managed_alias_logs" {
  bucket = "shop-prod-load-balancer-logs"
}

resource "aws_s3_bucket_public_access_block" "managed_alias_logs" {
  bucket                  = aws_s3_bucket.managed_alias_logs.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "managed_alias_logs" {
  bucket = aws_s3_bucket.managed_alias_logs.bucket
  versioning_configuration {
    status = "Enabled"
  }
}

# Load balancers can write their access logs only to buckets with SSE-S3.
resource "aws_s3_bucket_server_side_encryption_configuration" "managed_alias_near" {
  bucket = aws_s3_bucket.managed_alias_logs.bucket
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}
