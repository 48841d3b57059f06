# The trail keeps only reading calls, so that changes are no longer recorded.
# Source: CloudTrail.1, https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html
# Fault at: aws_cloudtrail.trail_reads_only_fault
# Near miss at: aws_cloudtrail.trail_reads_only_near

resource "aws_cloudtrail" "trail_reads_only_fault" {
  name                       = "shop-prod-orders-management"
  s3_bucket_name             = "shop-prod-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
  advanced_event_selector {
    name = "Management events"
    field_selector {
      field  = "eventCategory"
      equals = ["Management"]
    }
    field_selector {
      field  = "readOnly"
      equals = ["true"]
    }
  }
}

resource "aws_cloudtrail" "trail_reads_only_near" {
  name                       = "shop-prod-billing-management"
  s3_bucket_name             = "shop-prod-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
  advanced_event_selector {
    name = "Management events"
    field_selector {
      field  = "eventCategory"
      equals = ["Management"]
    }
    field_selector {
      field  = "readOnly"
      equals = ["true"]
    }
  }
  advanced_event_selector {
    name = "Management events that write"
    field_selector {
      field  = "eventCategory"
      equals = ["Management"]
    }
    field_selector {
      field  = "readOnly"
      equals = ["false"]
    }
  }
}
