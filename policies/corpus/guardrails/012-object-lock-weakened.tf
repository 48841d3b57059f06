# The Object Lock of the audit bucket protects a file for one day, and privileged users can pass it.
# Source: S3.15, https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
# Fault at: aws_s3_bucket_object_lock_configuration.object_lock_weakened_fault
# Near miss at: aws_s3_bucket_object_lock_configuration.object_lock_weakened_near

resource "aws_s3_bucket_object_lock_configuration" "object_lock_weakened_fault" {
  bucket = "shop-prod-orders-audit-logs"
  rule {
    default_retention {
      mode = "GOVERNANCE"
      days = 1
    }
  }
}

resource "aws_s3_bucket_object_lock_configuration" "object_lock_weakened_near" {
  bucket = "shop-prod-billing-audit-logs"
  rule {
    default_retention {
      mode  = "COMPLIANCE"
      years = 7
    }
  }
}
