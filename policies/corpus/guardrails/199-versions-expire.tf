# Deleted and overwritten audit files can be restored for a day only.
# Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
# Fault at: aws_s3_bucket_lifecycle_configuration.versions_expire_fault
# Near miss at: aws_s3_bucket_lifecycle_configuration.versions_expire_near

resource "aws_s3_bucket_lifecycle_configuration" "versions_expire_fault" {
  bucket = "shop-prod-orders-audit-versions"

  rule {
    id     = "versions"
    status = "Enabled"
    filter {}
    noncurrent_version_expiration {
      noncurrent_days = 1
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "versions_expire_near" {
  bucket = "shop-prod-billing-audit-versions"

  rule {
    id     = "versions"
    status = "Enabled"
    filter {}
    noncurrent_version_expiration {
      noncurrent_days = 2557
    }
    expiration {
      expired_object_delete_marker = true
    }
  }
}
