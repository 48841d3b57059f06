# The encryption and the public access block that stand beside a bucket belong to another bucket.
# Source: CKV2_AWS_6, S3.8
# Fault at: aws_s3_bucket.companion_fault
# Near miss at: aws_s3_bucket.companion_near

locals {
  companion_name = "shop-prod-companion-b"
}

resource "aws_kms_key" "companion" {
  description             = "Buckets"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_s3_bucket" "companion_fault" {
  bucket = "shop-prod-companion-a"
}

resource "aws_s3_bucket_public_access_block" "companion_a" {
  bucket                  = replace(aws_s3_bucket.companion_fault.bucket, "companion-a", "companion-c")
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "companion_a" {
  bucket = replace(aws_s3_bucket.companion_fault.bucket, "companion-a", "companion-c")

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.companion.arn
    }
  }
}

resource "aws_s3_bucket_versioning" "companion_a" {
  bucket = replace(aws_s3_bucket.companion_fault.bucket, "companion-a", "companion-c")

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket" "companion_near" {
  bucket = local.companion_name
}

resource "aws_s3_bucket_public_access_block" "companion_b" {
  bucket                  = local.companion_name
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
  depends_on              = [aws_s3_bucket.companion_near]
}

resource "aws_s3_bucket_server_side_encryption_configuration" "companion_b" {
  bucket = aws_s3_bucket.companion_near.bucket

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.companion.arn
    }
  }
}

resource "aws_s3_bucket_versioning" "companion_b" {
  bucket = aws_s3_bucket_server_side_encryption_configuration.companion_b.bucket

  versioning_configuration {
    status = "Enabled"
  }
}
