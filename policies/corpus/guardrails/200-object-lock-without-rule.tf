# New audit files are no longer locked because the rule is gone.
# Source: S3.15
# Fault at: aws_s3_bucket_object_lock_configuration.object_lock_without_rule_fault
# Near miss at: aws_s3_bucket_object_lock_configuration.object_lock_without_rule_near

resource "aws_s3_bucket_object_lock_configuration" "object_lock_without_rule_fault" {
  bucket              = "shop-prod-orders-audit-lock"
  object_lock_enabled = "Enabled"
}

resource "aws_s3_bucket_object_lock_configuration" "object_lock_without_rule_near" {
  bucket              = "shop-prod-billing-audit-lock"
  object_lock_enabled = "Enabled"
  rule {
    default_retention {
      mode = "COMPLIANCE"
      days = 366
    }
  }
}
