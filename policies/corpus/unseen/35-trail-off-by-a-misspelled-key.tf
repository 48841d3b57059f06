# A misspelled key turns the logging of a trail off.
# Source: CKV_AWS_251, CloudTrail.1
# Fault at: aws_cloudtrail.lookup_off_fault
# Near miss at: aws_cloudtrail.lookup_off_near

locals {
  lookup_off = { enable_loging = true, validation = true }
}

resource "aws_kms_key" "lookup_off" {
  description             = "Trails"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_cloudwatch_log_group" "lookup_off" {
  name              = "shop-prod-lookup-off"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.lookup_off.arn
}

data "aws_iam_policy_document" "lookup_off" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "lookup_off" {
  name               = "shop-prod-lookup-off"
  assume_role_policy = data.aws_iam_policy_document.lookup_off.json
}

resource "aws_cloudtrail" "lookup_off_fault" {
  name                          = "shop-prod-lookup-off-a"
  s3_bucket_name                = "shop-prod-trails"
  kms_key_id                    = aws_kms_key.lookup_off.arn
  is_multi_region_trail         = true
  include_global_service_events = true
  enable_log_file_validation    = lookup(local.lookup_off, "validation", false)
  enable_logging                = lookup(local.lookup_off, "enable_logging", false)
  cloud_watch_logs_group_arn    = "${aws_cloudwatch_log_group.lookup_off.arn}:*"
  cloud_watch_logs_role_arn     = aws_iam_role.lookup_off.arn
}

resource "aws_cloudtrail" "lookup_off_near" {
  name                          = "shop-prod-lookup-off-b"
  s3_bucket_name                = "shop-prod-trails"
  kms_key_id                    = aws_kms_key.lookup_off.arn
  is_multi_region_trail         = lookup(local.lookup_off, "multi_region", true)
  include_global_service_events = true
  enable_log_file_validation    = lookup(local.lookup_off, "validation", false)
  enable_logging                = lookup(local.lookup_off, "enable_logging", true)
  cloud_watch_logs_group_arn    = "${aws_cloudwatch_log_group.lookup_off.arn}:*"
  cloud_watch_logs_role_arn     = aws_iam_role.lookup_off.arn
}
