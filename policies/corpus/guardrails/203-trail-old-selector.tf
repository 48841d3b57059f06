# The trail keeps reading calls only through the older selector.
# Source: CloudTrail.1, CKV_AWS_251
# Fault at: aws_cloudtrail.trail_old_selector_fault
# Near miss at: aws_cloudtrail.trail_old_selector_near

resource "aws_cloudtrail" "trail_old_selector_fault" {
  name                       = "shop-prod-orders-selector"
  s3_bucket_name             = "shop-prod-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
  event_selector {
    include_management_events        = true
    read_write_type                  = "ReadOnly"
    exclude_management_event_sources = ["kms.amazonaws.com", "rdsdata.amazonaws.com"]
  }
}

resource "aws_cloudtrail" "trail_old_selector_near" {
  name                       = "shop-prod-billing-selector"
  s3_bucket_name             = "shop-prod-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
  event_selector {
    include_management_events = true
    read_write_type           = "All"

    data_resource {
      type   = "AWS::S3::Object"
      values = ["arn:aws:s3:::shop-prod-ledger/"]
    }
  }
}
