# Open buckets are no longer closed automatically.
# Source: https://docs.aws.amazon.com/config/latest/developerguide/remediation.html
# Fault at: aws_config_remediation_configuration.config_repair_manual_fault
# Near miss at: aws_config_remediation_configuration.config_repair_manual_near

resource "aws_config_remediation_configuration" "config_repair_manual_fault" {
  config_rule_name           = "shop-prod-orders-public"
  resource_type              = "AWS::S3::Bucket"
  target_type                = "SSM_DOCUMENT"
  target_id                  = "AWS-DisableS3BucketPublicReadWrite"
  target_version             = "1"
  automatic                  = false
  maximum_automatic_attempts = 5
  retry_attempt_seconds      = 60
  parameter {
    name         = "AutomationAssumeRole"
    static_value = "arn:aws:iam:::role/shop-prod-repair"
  }
  parameter {
    name           = "S3BucketName"
    resource_value = "RESOURCE_ID"
  }
}

resource "aws_config_remediation_configuration" "config_repair_manual_near" {
  config_rule_name           = "shop-prod-billing-public"
  resource_type              = "AWS::S3::Bucket"
  target_type                = "SSM_DOCUMENT"
  target_id                  = "AWS-DisableS3BucketPublicReadWrite"
  target_version             = "1"
  automatic                  = true
  maximum_automatic_attempts = 10
  retry_attempt_seconds      = 60
  parameter {
    name         = "AutomationAssumeRole"
    static_value = "arn:aws:iam:::role/shop-prod-repair"
  }
  parameter {
    name           = "S3BucketName"
    resource_value = "RESOURCE_ID"
  }
}
