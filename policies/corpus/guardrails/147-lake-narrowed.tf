# The event data store takes in the events of one service only.
# Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/query-event-data-store-cloudtrail.html
# Fault at: aws_cloudtrail_event_data_store.lake_narrowed_fault
# Near miss at: aws_cloudtrail_event_data_store.lake_narrowed_near

resource "aws_cloudtrail_event_data_store" "lake_narrowed_fault" {
  name                           = "shop-prod-orders-events"
  kms_key_id                     = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  multi_region_enabled           = true
  termination_protection_enabled = true
  retention_period               = 365
  advanced_event_selector {
    name = "Events"
    field_selector {
      field  = "eventCategory"
      equals = ["Management"]
    }
    field_selector {
      field  = "eventSource"
      equals = ["support.amazonaws.com"]
    }
  }
}

resource "aws_cloudtrail_event_data_store" "lake_narrowed_near" {
  name                           = "shop-prod-billing-events"
  kms_key_id                     = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  multi_region_enabled           = true
  termination_protection_enabled = true
  retention_period               = 365
  advanced_event_selector {
    name = "Events"
    field_selector {
      field  = "eventCategory"
      equals = ["Management"]
    }
    field_selector {
      field      = "eventSource"
      not_equals = ["rdsdata.amazonaws.com"]
    }
  }
}
