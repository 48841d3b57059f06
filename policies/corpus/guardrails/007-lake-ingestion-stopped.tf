# The event data store of CloudTrail Lake stops taking in events.
# Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/query-event-data-store-stop-ingestion.html
# Fault at: aws_cloudtrail_event_data_store.lake_ingestion_stopped_fault
# Near miss at: aws_cloudtrail_event_data_store.lake_ingestion_stopped_near

resource "aws_cloudtrail_event_data_store" "lake_ingestion_stopped_fault" {
  name                           = "shop-prod-orders-lake"
  kms_key_id                     = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  multi_region_enabled           = true
  termination_protection_enabled = true
  retention_period               = 365
  suspend                        = "true"
}

resource "aws_cloudtrail_event_data_store" "lake_ingestion_stopped_near" {
  name                           = "shop-prod-billing-lake"
  kms_key_id                     = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  multi_region_enabled           = true
  termination_protection_enabled = true
  retention_period               = 2555
  suspend                        = "false"
}
