# The event data store keeps its events for a week instead of a year.
# Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-lake-manage-costs.html
# Fault at: aws_cloudtrail_event_data_store.lake_keeps_a_week_fault
# Near miss at: aws_cloudtrail_event_data_store.lake_keeps_a_week_near

resource "aws_cloudtrail_event_data_store" "lake_keeps_a_week_fault" {
  name                           = "shop-prod-orders-week"
  kms_key_id                     = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  multi_region_enabled           = true
  termination_protection_enabled = true
  retention_period               = 7
}

resource "aws_cloudtrail_event_data_store" "lake_keeps_a_week_near" {
  name                           = "shop-prod-billing-week"
  kms_key_id                     = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  multi_region_enabled           = true
  termination_protection_enabled = true
  retention_period               = 2555
}
