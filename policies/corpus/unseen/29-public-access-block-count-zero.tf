# A bucket's public access block exists in the source but its count is zero.
# Source: CKV_AWS_53, S3.8
# Fault at: aws_s3_bucket.pab_zero_fault
# Near miss at: aws_s3_bucket.pab_zero_near

variable "pab_zero" {
  description = "Whether the blocks are created."
  type        = map(string)
  default     = { a = "", b = "yes" }
}

resource "aws_kms_key" "pab_zero" {
  description             = "Buckets"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_s3_bucket" "pab_zero_fault" {
  bucket = "shop-prod-pab-zero-a"
}

resource "aws_s3_bucket_public_access_block" "pab_zero_a" {
  count                   = var.pab_zero["a"] == "yes" ? 1 : 0
  bucket                  = aws_s3_bucket.pab_zero_fault.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "pab_zero" {
  for_each = { a = aws_s3_bucket.pab_zero_fault.id, b = aws_s3_bucket.pab_zero_near.id }
  bucket   = each.value

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pab_zero.arn
    }
  }
}

resource "aws_s3_bucket_versioning" "pab_zero" {
  for_each = { a = aws_s3_bucket.pab_zero_fault.id, b = aws_s3_bucket.pab_zero_near.id }
  bucket   = each.value

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket" "pab_zero_near" {
  bucket = "shop-prod-pab-zero-b"
}

resource "aws_s3_bucket_public_access_block" "pab_zero_b" {
  count                   = var.pab_zero["b"] == "yes" ? 1 : 0
  bucket                  = aws_s3_bucket.pab_zero_near.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
