# The bucket refuses every upload that does not bring its own key, so nobody else can read the data.
# Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html, MITRE ATT&CK T1486
# Fault at: aws_s3_bucket_policy.provided_fault
# Near miss at: aws_s3_bucket_policy.provided_near

resource "aws_kms_key" "provided" {
  description         = "Uploads"
  enable_key_rotation = true
}

resource "aws_s3_bucket" "provided_one" {
  bucket = "shop-prod-uploads"
}

resource "aws_s3_bucket_public_access_block" "provided_one" {
  bucket                  = aws_s3_bucket.provided_one.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "provided_one" {
  bucket = aws_s3_bucket.provided_one.bucket
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "provided_one" {
  bucket = aws_s3_bucket.provided_one.bucket
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.provided.arn
    }
  }
}

resource "aws_s3_bucket" "provided_two" {
  bucket = "shop-prod-upload-copies"
}

resource "aws_s3_bucket_public_access_block" "provided_two" {
  bucket                  = aws_s3_bucket.provided_two.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "provided_two" {
  bucket = aws_s3_bucket.provided_two.bucket
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "provided_two" {
  bucket = aws_s3_bucket.provided_two.bucket
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.provided.arn
    }
  }
}

resource "aws_s3_bucket_policy" "provided_fault" {
  bucket = aws_s3_bucket.provided_one.bucket
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-uploads", "arn:aws:s3:::shop-prod-uploads/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      {
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:PutObject"
        Resource  = "arn:aws:s3:::shop-prod-uploads/*"
        Condition = { Null = { "s3:x-amz-server-side-encryption-customer-algorithm" = "true" } }
      }
    ]
  })
}

# Refuses keys that the caller brings.
resource "aws_s3_bucket_policy" "provided_near" {
  bucket = aws_s3_bucket.provided_two.bucket
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-upload-copies", "arn:aws:s3:::shop-prod-upload-copies/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      {
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:PutObject"
        Resource  = "arn:aws:s3:::shop-prod-upload-copies/*"
        Condition = { Null = { "s3:x-amz-server-side-encryption-customer-algorithm" = "false" } }
      }
    ]
  })
}
