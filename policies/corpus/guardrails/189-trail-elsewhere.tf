# The trail sends its files to a bucket that is not the shop's.
# Source: CloudTrail.6, https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-set-bucket-policy-for-multiple-accounts.html
# Fault at: aws_cloudtrail.trail_elsewhere_fault
# Near miss at: aws_cloudtrail.trail_elsewhere_near

resource "aws_cloudtrail" "trail_elsewhere_fault" {
  name                       = "shop-prod-orders-files"
  s3_bucket_name             = "jd-dev-logs-4711"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
}

resource "aws_cloudtrail" "trail_elsewhere_near" {
  name                       = "shop-prod-billing-files"
  s3_bucket_name             = "shop-prod-audit-archive"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
}
