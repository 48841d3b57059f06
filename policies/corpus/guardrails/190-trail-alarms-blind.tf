# The trail no longer sends events to the log group that the alarms watch.
# Source: CloudTrail.5, CKV2_AWS_10
# Fault at: aws_cloudtrail.trail_alarms_blind_fault
# Near miss at: aws_cloudtrail.trail_alarms_blind_near

resource "aws_cloudtrail" "trail_alarms_blind_fault" {
  name                       = "shop-prod-orders-watch"
  s3_bucket_name             = "shop-prod-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
}

resource "aws_cloudtrail" "trail_alarms_blind_near" {
  name                       = "shop-prod-billing-watch"
  s3_bucket_name             = "shop-prod-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:/aws/cloudtrail/shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
}
