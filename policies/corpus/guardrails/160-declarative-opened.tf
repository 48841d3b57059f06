# The declarative policy of the organisation lets snapshots be public and opens the serial console.
# Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative_syntax.html
# Fault at: aws_organizations_policy.declarative_opened_fault
# Near miss at: aws_organizations_policy.declarative_opened_near

resource "aws_organizations_policy" "declarative_opened_fault" {
  name = "shop-prod-orders-declarative"
  type = "DECLARATIVE_POLICY_EC2"
  content = jsonencode({
    ec2_attributes = {
      snapshot_block_public_access = { state = { "@@assign" = "unblocked" } }
      serial_console_access        = { status = { "@@assign" = "enabled" } }
      image_block_public_access    = { state = { "@@assign" = "block_new_sharing" } }
    }
  })
}

resource "aws_organizations_policy" "declarative_opened_near" {
  name = "shop-prod-billing-declarative"
  type = "DECLARATIVE_POLICY_EC2"
  content = jsonencode({
    ec2_attributes = {
      snapshot_block_public_access = { state = { "@@assign" = "block_all_sharing" } }
      serial_console_access        = { status = { "@@assign" = "disabled" } }
      image_block_public_access    = { state = { "@@assign" = "block_new_sharing" } }
      instance_metadata_defaults   = { http_tokens = { "@@assign" = "required" }, http_put_response_hop_limit = { "@@assign" = "2" } }
    }
  })
}
