# The trail no longer encrypts its files with the key of the shop.
# Source: CloudTrail.2, CKV_AWS_35, AVD-AWS-0015
# Fault at: aws_cloudtrail.trail_unencrypted_fault
# Near miss at: aws_cloudtrail.trail_unencrypted_near

resource "aws_cloudtrail" "trail_unencrypted_fault" {
  name                       = "shop-prod-orders-sealed"
  s3_bucket_name             = "shop-prod-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = ""
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
}

resource "aws_cloudtrail" "trail_unencrypted_near" {
  name                       = "shop-prod-billing-sealed"
  s3_bucket_name             = "shop-prod-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-666666666666"
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
}
