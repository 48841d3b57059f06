# The production trail stops logging.
# Source: CloudTrail.1, CKV_AWS_251, CIS 3.1
# Fault at: aws_cloudtrail.trail_logging_off_fault
# Near miss at: aws_cloudtrail.trail_logging_off_near

resource "aws_cloudtrail" "trail_logging_off_fault" {
  name                       = "shop-prod-orders-trail"
  s3_bucket_name             = "shop-prod-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  enable_logging             = tobool("false")
  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
  insight_selector {
    insight_type = "ApiErrorRateInsight"
  }
}

resource "aws_cloudtrail" "trail_logging_off_near" {
  name                       = "shop-prod-billing-trail"
  s3_bucket_name             = "shop-prod-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  enable_logging             = true
  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
  insight_selector {
    insight_type = "ApiErrorRateInsight"
  }
  insight_selector {
    insight_type = "ApiCallRateInsight"
  }
}
