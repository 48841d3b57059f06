# The copy of the audit bucket in another account stops.
# Source: S3.13, CKV_AWS_144
# Fault at: aws_s3_bucket_replication_configuration.replication_disabled_fault
# Near miss at: aws_s3_bucket_replication_configuration.replication_disabled_near

resource "aws_s3_bucket_replication_configuration" "replication_disabled_fault" {
  bucket = "shop-prod-orders-audit-logs"
  role   = "arn:aws:iam:::role/shop-prod-replication"
  rule {
    id       = "audit"
    status   = "Disabled"
    priority = 1
    filter {}
    delete_marker_replication {
      status = "Enabled"
    }
    destination {
      bucket        = "arn:aws:s3:::shop-prod-orders-audit-copy"
      storage_class = "STANDARD_IA"
    }
  }
}

resource "aws_s3_bucket_replication_configuration" "replication_disabled_near" {
  bucket = "shop-prod-billing-audit-logs"
  role   = "arn:aws:iam:::role/shop-prod-replication"
  rule {
    id       = "audit"
    status   = "Enabled"
    priority = 1
    filter {}
    delete_marker_replication {
      status = "Disabled"
    }
    destination {
      bucket        = "arn:aws:s3:::shop-prod-billing-audit-copy"
      storage_class = "STANDARD_IA"
    }
  }
}
