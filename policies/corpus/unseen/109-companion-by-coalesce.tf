# The protection of a bucket falls to another bucket, because coalesce() takes the first of two ids.
# Source: CKV2_AWS_6, S3.8
# Fault at: aws_s3_bucket.coal_fault
# Near miss at: aws_s3_bucket.coal_near

variable "coal_bucket" {
  description = "Bucket of another team, if that is to be used."
  type        = string
  default     = null
}

resource "aws_kms_key" "coal" {
  description             = "Buckets"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_s3_bucket" "coal_fault" {
  bucket = "shop-prod-coal-a"
}

resource "aws_s3_bucket" "coal_other" {
  bucket = "shop-prod-coal-other"
}

resource "aws_s3_bucket" "coal_near" {
  bucket = "shop-prod-coal-b"
}

resource "aws_s3_bucket_public_access_block" "coal_a" {
  bucket                  = coalesce(aws_s3_bucket.coal_other.id, aws_s3_bucket.coal_fault.id)
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "coal_a" {
  bucket = coalesce(aws_s3_bucket.coal_other.id, aws_s3_bucket.coal_fault.id)

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.coal.arn
    }
  }
}

resource "aws_s3_bucket_versioning" "coal_a" {
  bucket = coalesce(aws_s3_bucket.coal_other.id, aws_s3_bucket.coal_fault.id)

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_public_access_block" "coal_b" {
  bucket                  = coalesce(var.coal_bucket, aws_s3_bucket.coal_near.id)
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "coal_b" {
  bucket = coalesce(var.coal_bucket, aws_s3_bucket.coal_near.id)

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.coal.arn
    }
  }
}

resource "aws_s3_bucket_versioning" "coal_b" {
  bucket = coalesce(var.coal_bucket, aws_s3_bucket.coal_near.id)

  versioning_configuration {
    status = "Enabled"
  }
}
