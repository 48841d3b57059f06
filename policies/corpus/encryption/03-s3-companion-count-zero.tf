# A switch that is off by default removes the encryption configuration of the bucket.
# Source: CKV2_AWS_67, AVD-AWS-0088
# Fault at: aws_s3_bucket.switch_fault
# Near miss at: aws_s3_bucket.switch_near

variable "switch_encrypt_documents" {
  description = "Whether the documents are encrypted with a key of their own."
  type        = bool
  default     = false
}

resource "aws_kms_key" "switch" {
  description         = "Documents"
  enable_key_rotation = true
}

resource "aws_s3_bucket" "switch_fault" {
  bucket = "shop-prod-documents"
}

resource "aws_s3_bucket_public_access_block" "switch_fault" {
  bucket                  = aws_s3_bucket.switch_fault.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "switch_fault" {
  bucket = aws_s3_bucket.switch_fault.bucket
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "switch_fault" {
  count  = var.switch_encrypt_documents ? 1 : 0
  bucket = aws_s3_bucket.switch_fault.bucket
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.switch.arn
    }
  }
}

resource "aws_s3_bucket" "switch_near" {
  bucket = "shop-prod-contracts"
}

resource "aws_s3_bucket_public_access_block" "switch_near" {
  bucket                  = aws_s3_bucket.switch_near.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "switch_near" {
  bucket = aws_s3_bucket.switch_near.bucket
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "switch_near" {
  count  = var.switch_encrypt_documents ? 0 : 1
  bucket = aws_s3_bucket.switch_near.bucket
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.switch.arn
    }
  }
}
