# One object of a bucket with a customer's key is uploaded with the key of S3 instead.
# Source: CKV_AWS_186
# Warns: the approvers decide
# Fault at: aws_s3_object.downgrade_fault
# Near miss at: aws_s3_object.downgrade_near

resource "aws_kms_key" "downgrade" {
  description         = "Settlements"
  enable_key_rotation = true
}

resource "aws_s3_bucket" "downgrade_settlements" {
  bucket = "shop-prod-settlements"
}

resource "aws_s3_bucket_public_access_block" "downgrade_settlements" {
  bucket                  = aws_s3_bucket.downgrade_settlements.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "downgrade_settlements" {
  bucket = aws_s3_bucket.downgrade_settlements.bucket
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "downgrade_settlements" {
  bucket = aws_s3_bucket.downgrade_settlements.bucket
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.downgrade.arn
    }
  }
}

resource "aws_s3_object" "downgrade_fault" {
  bucket                 = aws_s3_bucket.downgrade_settlements.bucket
  key                    = "rates/customers.json"
  content                = jsonencode({ rates = [1, 2, 3] })
  server_side_encryption = "AES256"
}

# Takes the encryption of the bucket.
resource "aws_s3_object" "downgrade_near" {
  bucket  = aws_s3_bucket.downgrade_settlements.bucket
  key     = "rates/partners.json"
  content = jsonencode({ rates = [1, 2, 3] })
}
