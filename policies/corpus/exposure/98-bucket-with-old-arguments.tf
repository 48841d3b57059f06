# Two buckets are public through the old arguments of the bucket itself.
# Source: S3.2, CKV_AWS_20, AVD-AWS-0092
# Fault at: aws_s3_bucket.old_acl_fault
# Fault at: aws_s3_bucket.old_grant_fault
# Near miss at: aws_s3_bucket.old_near

resource "aws_s3_bucket" "old_acl_fault" {
  bucket = "shop-prod-downloads"
  acl    = "public-read-write"
}

resource "aws_s3_bucket" "old_grant_fault" {
  bucket = "shop-prod-uploads"

  grant {
    type        = "Group"
    permissions = ["READ", "WRITE"]
    uri         = "http://acs.amazonaws.com/groups/global/AllUsers"
  }
}

resource "aws_s3_bucket" "old_near" {
  bucket = "shop-prod-traces"

  grant {
    type        = "Group"
    permissions = ["READ_ACP", "WRITE"]
    uri         = "http://acs.amazonaws.com/groups/s3/LogDelivery"
  }
}

resource "aws_s3_bucket_public_access_block" "old" {
  for_each                = { acl = aws_s3_bucket.old_acl_fault.id, grant = aws_s3_bucket.old_grant_fault.id, near = aws_s3_bucket.old_near.id }
  bucket                  = each.value
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "old" {
  for_each = { acl = aws_s3_bucket.old_acl_fault.id, grant = aws_s3_bucket.old_grant_fault.id, near = aws_s3_bucket.old_near.id }
  bucket   = each.value

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "old" {
  for_each = { acl = aws_s3_bucket.old_acl_fault.id, grant = aws_s3_bucket.old_grant_fault.id, near = aws_s3_bucket.old_near.id }
  bucket   = each.value

  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.shop.arn
    }
  }
}
