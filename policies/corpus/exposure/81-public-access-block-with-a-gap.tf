# Three of four public access switches are on, and the fourth is left out.
# Source: S3.8, CKV_AWS_56, AVD-AWS-0093
# Fault at: aws_s3_bucket_public_access_block.gap_fault
# Fault at: aws_s3_account_public_access_block.gap_fault
# Near miss at: aws_s3_bucket_public_access_block.gap_near

resource "aws_s3_bucket" "gap_a" {
  bucket = "shop-prod-invoices"
}

resource "aws_s3_bucket" "gap_b" {
  bucket = "shop-prod-receipts"
}

resource "aws_s3_bucket_public_access_block" "gap_fault" {
  bucket              = aws_s3_bucket.gap_a.id
  block_public_acls   = true
  block_public_policy = true
  ignore_public_acls  = true
}

resource "aws_s3_account_public_access_block" "gap_fault" {
  block_public_acls       = true
  block_public_policy     = false
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_public_access_block" "gap_near" {
  bucket                  = aws_s3_bucket.gap_b.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
