# The trail and the event data store have no key of the account.
# Source: CloudTrail.2, CKV_AWS_35, CIS AWS 3.5
# Warns: the approvers decide
# Fault at: aws_cloudtrail.audit_fault
# Fault at: aws_cloudtrail_event_data_store.audit_fault
# Near miss at: aws_cloudtrail_event_data_store.audit_near

resource "aws_kms_key" "audit" {
  description         = "Audit"
  enable_key_rotation = true
}

resource "aws_iam_role" "audit" {
  name = "shop-prod-audit"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "cloudtrail.amazonaws.com" }
    }]
  })
}

resource "aws_s3_bucket" "audit" {
  bucket = "shop-prod-audit-logs"
}

resource "aws_s3_bucket_public_access_block" "audit" {
  bucket                  = aws_s3_bucket.audit.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "audit" {
  bucket = aws_s3_bucket.audit.bucket
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "audit" {
  bucket = aws_s3_bucket.audit.bucket
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.audit.arn
    }
  }
}

resource "aws_cloudwatch_log_group" "audit" {
  name              = "/shop/prod/audit"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.audit.arn
}

resource "aws_cloudtrail" "audit_fault" {
  name                          = "shop-prod-audit"
  s3_bucket_name                = aws_s3_bucket.audit.bucket
  kms_key_id                    = ""
  is_multi_region_trail         = true
  include_global_service_events = true
  enable_log_file_validation    = true
  enable_logging                = true
  cloud_watch_logs_group_arn    = "${aws_cloudwatch_log_group.audit.arn}:*"
  cloud_watch_logs_role_arn     = aws_iam_role.audit.arn
}

resource "aws_cloudtrail_event_data_store" "audit_fault" {
  name                           = "shop-prod-audit"
  retention_period               = 2555
  multi_region_enabled           = true
  termination_protection_enabled = true
}

resource "aws_cloudtrail_event_data_store" "audit_near" {
  name                 = "shop-prod-audit-keyed"
  retention_period     = 2555
  multi_region_enabled = true
  kms_key_id           = aws_kms_key.audit.arn
}
