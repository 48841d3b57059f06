# The bucket of receipts no longer keeps overwritten and deleted files.
# Source: S3.14, CKV_AWS_21
# Fault at: aws_s3_bucket.vers_fault
# Near miss at: aws_s3_bucket.vers_near
# Near miss at: aws_s3_bucket_versioning.vers_near

resource "aws_s3_bucket" "vers_fault" {
  bucket = "shop-prod-receipts-once"
}

resource "aws_s3_bucket_public_access_block" "vers_fault" {
  bucket                  = aws_s3_bucket.vers_fault.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "vers_fault" {
  bucket = aws_s3_bucket.vers_fault.id
  versioning_configuration { status = "Suspended" }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "vers_fault" {
  bucket = aws_s3_bucket.vers_fault.id
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.work.arn
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "vers_fault" {
  bucket = aws_s3_bucket.vers_fault.id
  rule {
    id     = "clean"
    status = "Enabled"
    filter {
      prefix = "tmp/"
    }
    expiration { days = 7 }
    abort_incomplete_multipart_upload { days_after_initiation = 1 }
  }
}

resource "aws_s3_bucket" "vers_near" {
  bucket = "shop-prod-receipts"
}

resource "aws_s3_bucket_public_access_block" "vers_near" {
  bucket                  = aws_s3_bucket.vers_near.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "vers_near" {
  bucket = aws_s3_bucket.vers_near.id
  versioning_configuration { status = "Enabled" }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "vers_near" {
  bucket = aws_s3_bucket.vers_near.id
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.work.arn
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "vers_near" {
  bucket = aws_s3_bucket.vers_near.id
  rule {
    id     = "clean"
    status = "Enabled"
    filter {
      prefix = "tmp/"
    }
    expiration { days = 7 }
    abort_incomplete_multipart_upload { days_after_initiation = 1 }
  }
}
