# The lifecycle of the audit bucket deletes the logs after one day.
# Source: CloudTrail.6, https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-configuration-examples.html
# Fault at: aws_s3_bucket_lifecycle_configuration.audit_bucket_lifecycle_fault
# Near miss at: aws_s3_bucket_lifecycle_configuration.audit_bucket_lifecycle_near

resource "aws_s3_bucket_lifecycle_configuration" "audit_bucket_lifecycle_fault" {
  bucket = "shop-prod-orders-audit-logs"

  rule {
    id     = "archive"
    status = "Enabled"
    filter {
      prefix = "AWSLogs/"
    }
    expiration {
      days = 1
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "audit_bucket_lifecycle_near" {
  bucket = "shop-prod-billing-audit-logs"

  rule {
    id     = "archive"
    status = "Enabled"
    filter {
      prefix = "AWSLogs/"
    }
    transition {
      days          = 30
      storage_class = "DEEP_ARCHIVE"
    }
    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }
}
