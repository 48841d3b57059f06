# The bucket policy requires TLS for the bucket itself but not for its objects.
# Source: S3.5, https://repost.aws/knowledge-center/s3-bucket-policy-for-config-rule
# Fault at: aws_s3_bucket_policy.bucket_only_fault
# Near miss at: aws_s3_bucket_policy.bucket_only_near

resource "aws_kms_key" "bucket_only" {
  description         = "Orders"
  enable_key_rotation = true
}

resource "aws_s3_bucket" "bucket_only_one" {
  bucket = "shop-prod-order-exports"
}

resource "aws_s3_bucket_public_access_block" "bucket_only_one" {
  bucket                  = aws_s3_bucket.bucket_only_one.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "bucket_only_one" {
  bucket = aws_s3_bucket.bucket_only_one.bucket
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "bucket_only_one" {
  bucket = aws_s3_bucket.bucket_only_one.bucket
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.bucket_only.arn
    }
  }
}

resource "aws_s3_bucket" "bucket_only_two" {
  bucket = "shop-prod-order-imports"
}

resource "aws_s3_bucket_public_access_block" "bucket_only_two" {
  bucket                  = aws_s3_bucket.bucket_only_two.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "bucket_only_two" {
  bucket = aws_s3_bucket.bucket_only_two.bucket
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "bucket_only_two" {
  bucket = aws_s3_bucket.bucket_only_two.bucket
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.bucket_only.arn
    }
  }
}

resource "aws_s3_bucket_policy" "bucket_only_fault" {
  bucket = aws_s3_bucket.bucket_only_one.bucket
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "RequireTls"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = "arn:aws:s3:::shop-prod-order-exports"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_s3_bucket_policy" "bucket_only_near" {
  bucket = aws_s3_bucket.bucket_only_two.bucket
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "RequireTls"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = "arn:aws:s3:::shop-prod-order-imports*"
      Condition = { Bool = { "aws:SecureTransport" = false } }
    }]
  })
}
