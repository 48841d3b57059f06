# The event data store can be deleted.
# Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/query-eds-termination-protection.html
# Fault at: aws_cloudtrail_event_data_store.lake_unprotected_fault
# Near miss at: aws_cloudtrail_event_data_store.lake_unprotected_near

resource "aws_cloudtrail_event_data_store" "lake_unprotected_fault" {
  name                           = "shop-prod-orders-evidence"
  kms_key_id                     = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  multi_region_enabled           = true
  termination_protection_enabled = false
  retention_period               = 365
  billing_mode                   = "EXTENDABLE_RETENTION_PRICING"
}

resource "aws_cloudtrail_event_data_store" "lake_unprotected_near" {
  name                           = "shop-prod-billing-evidence"
  kms_key_id                     = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  multi_region_enabled           = true
  termination_protection_enabled = true
  retention_period               = 2555
  billing_mode                   = "EXTENDABLE_RETENTION_PRICING"
}
