# The trail no longer covers the other Regions because the argument is left out.
# Source: CloudTrail.1, CKV_AWS_67, AVD-AWS-0014
# Fault at: aws_cloudtrail.trail_one_region_fault
# Near miss at: aws_cloudtrail.trail_one_region_near

resource "aws_cloudtrail" "trail_one_region_fault" {
  name           = "shop-prod-orders-regions"
  s3_bucket_name = "shop-prod-audit"

  enable_log_file_validation = true
  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
}

resource "aws_cloudtrail" "trail_one_region_near" {
  name                       = "shop-prod-billing-regions"
  s3_bucket_name             = "shop-prod-audit"
  is_multi_region_trail      = true
  s3_key_prefix              = "regions"
  enable_log_file_validation = true
  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
}
