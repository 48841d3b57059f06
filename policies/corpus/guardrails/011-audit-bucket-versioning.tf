# The audit bucket stops keeping versions.
# Source: CKV_AWS_21, AVD-AWS-0090
# Fault at: aws_s3_bucket_versioning.audit_bucket_versioning_fault
# Near miss at: aws_s3_bucket_versioning.audit_bucket_versioning_near

resource "aws_s3_bucket_versioning" "audit_bucket_versioning_fault" {
  bucket = "shop-prod-orders-audit-logs"
  versioning_configuration {
    status = "Suspended"
  }
}

resource "aws_s3_bucket_versioning" "audit_bucket_versioning_near" {
  bucket = "shop-prod-billing-audit-logs"
  versioning_configuration {
    status     = "Enabled"
    mfa_delete = "Disabled"
  }
}
