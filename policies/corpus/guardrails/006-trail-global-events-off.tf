# The trail leaves out the events of IAM, STS and CloudFront.
# Source: CKV_AWS_252, https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events
# Fault at: aws_cloudtrail.trail_global_events_off_fault
# Near miss at: aws_cloudtrail.trail_global_events_off_near

resource "aws_cloudtrail" "trail_global_events_off_fault" {
  name                          = "shop-prod-orders-global"
  s3_bucket_name                = "shop-prod-audit"
  is_multi_region_trail         = true
  include_global_service_events = false
  enable_log_file_validation    = true
  kms_key_id                    = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn    = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn     = "arn:aws:iam:::role/shop-prod-trail"
}

resource "aws_cloudtrail" "trail_global_events_off_near" {
  name                          = "shop-prod-billing-global"
  s3_bucket_name                = "shop-prod-audit"
  is_multi_region_trail         = true
  include_global_service_events = null
  enable_log_file_validation    = true
  kms_key_id                    = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn    = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn     = "arn:aws:iam:::role/shop-prod-trail"
  insight_selector {
    insight_type = "ApiErrorRateInsight"
  }
}
