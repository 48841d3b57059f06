# A lifecycle rule deletes every invoice after one day and the old versions one day later.
# Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
# Fault at: aws_s3_bucket_lifecycle_configuration.wipe_fault
# Near miss at: aws_s3_bucket_lifecycle_configuration.wipe_near

resource "aws_s3_bucket" "wipe_fault" {
  bucket = "shop-prod-invoices-wipe"
}

resource "aws_s3_bucket_public_access_block" "wipe_fault" {
  bucket                  = aws_s3_bucket.wipe_fault.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "wipe_fault" {
  bucket = aws_s3_bucket.wipe_fault.id
  versioning_configuration { status = "Enabled" }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "wipe_fault" {
  bucket = aws_s3_bucket.wipe_fault.id
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.work.arn
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "wipe_fault" {
  bucket = aws_s3_bucket.wipe_fault.id
  rule {
    id     = "clean"
    status = "Enabled"
    filter {
      prefix = ""
    }
    expiration { days = 1 }
    noncurrent_version_expiration { noncurrent_days = 1 }
    abort_incomplete_multipart_upload { days_after_initiation = 1 }
  }
}

# The same rule for scratch files only.
resource "aws_s3_bucket" "wipe_near" {
  bucket = "shop-prod-invoices"
}

resource "aws_s3_bucket_public_access_block" "wipe_near" {
  bucket                  = aws_s3_bucket.wipe_near.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "wipe_near" {
  bucket = aws_s3_bucket.wipe_near.id
  versioning_configuration { status = "Enabled" }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "wipe_near" {
  bucket = aws_s3_bucket.wipe_near.id
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.work.arn
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "wipe_near" {
  bucket = aws_s3_bucket.wipe_near.id
  rule {
    id     = "clean"
    status = "Enabled"
    filter {
      prefix = "tmp/"
    }
    expiration { days = 1 }
    noncurrent_version_expiration { noncurrent_days = 1 }
    abort_incomplete_multipart_upload { days_after_initiation = 1 }
  }
}
