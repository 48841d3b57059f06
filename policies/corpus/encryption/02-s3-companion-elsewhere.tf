# The encryption configuration that bears the bucket's name belongs to another bucket.
# Source: CKV2_AWS_67, AVD-AWS-0088
# Fault at: aws_s3_bucket.elsewhere_fault
# Near miss at: aws_s3_bucket.elsewhere_near["invoices"]

resource "aws_kms_key" "elsewhere" {
  description         = "Invoices and receipts"
  enable_key_rotation = true
}

resource "aws_s3_bucket" "elsewhere_fault" {
  bucket = "shop-prod-receipts"
}

resource "aws_s3_bucket_public_access_block" "elsewhere_fault" {
  bucket                  = aws_s3_bucket.elsewhere_fault.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "elsewhere_fault" {
  bucket = aws_s3_bucket.elsewhere_fault.bucket
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket" "elsewhere_scratch" {
  bucket = "shop-prod-receipts-scratch"
}

resource "aws_s3_bucket_public_access_block" "elsewhere_scratch" {
  bucket                  = aws_s3_bucket.elsewhere_scratch.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "elsewhere_scratch" {
  bucket = aws_s3_bucket.elsewhere_scratch.bucket
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "elsewhere_fault" {
  bucket = aws_s3_bucket.elsewhere_scratch.bucket
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.elsewhere.arn
    }
  }
}

resource "aws_s3_bucket" "elsewhere_near" {
  for_each = toset(["invoices"])
  bucket   = "shop-prod-${each.key}"
}

resource "aws_s3_bucket_public_access_block" "elsewhere_others" {
  for_each                = aws_s3_bucket.elsewhere_near
  bucket                  = each.value.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "elsewhere_others" {
  for_each = aws_s3_bucket.elsewhere_near
  bucket   = each.value.bucket
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "elsewhere_others" {
  for_each = aws_s3_bucket.elsewhere_near
  bucket   = each.value.bucket
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.elsewhere.arn
    }
  }
}
