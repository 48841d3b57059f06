# The trail stops the validation of its log files through a null.
# Source: CloudTrail.4, CKV_AWS_36, AVD-AWS-0016
# Fault at: aws_cloudtrail.trail_validation_null_fault
# Near miss at: aws_cloudtrail.trail_validation_null_near

resource "aws_cloudtrail" "trail_validation_null_fault" {
  name                       = "shop-prod-orders-digest"
  s3_bucket_name             = "shop-prod-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = null

  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
}

resource "aws_cloudtrail" "trail_validation_null_near" {
  name                       = "shop-prod-billing-digest"
  s3_bucket_name             = "shop-prod-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  sns_topic_name             = "shop-prod-trail"
  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
}
