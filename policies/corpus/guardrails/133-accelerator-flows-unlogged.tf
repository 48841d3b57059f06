# The accelerator no longer logs its connections.
# Source: CKV_AWS_75
# Fault at: aws_globalaccelerator_accelerator.accelerator_flows_unlogged_fault
# Near miss at: aws_globalaccelerator_accelerator.accelerator_flows_unlogged_near

resource "aws_globalaccelerator_accelerator" "accelerator_flows_unlogged_fault" {
  name            = "shop-prod-orders"
  ip_address_type = "IPV4"
  enabled         = true
  attributes {
    flow_logs_enabled   = false
    flow_logs_s3_bucket = "shop-prod-flow"
    flow_logs_s3_prefix = "accelerator"
  }
}

resource "aws_globalaccelerator_accelerator" "accelerator_flows_unlogged_near" {
  name            = "shop-prod-billing"
  ip_address_type = "IPV4"
  enabled         = true
  attributes {
    flow_logs_enabled   = true
    flow_logs_s3_bucket = "shop-prod-flow"
    flow_logs_s3_prefix = "edge"
  }
}
