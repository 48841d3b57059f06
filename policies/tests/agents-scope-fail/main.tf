# A queue of somebody else.
resource "aws_sqs_queue" "billing" {
  name                    = "shop-dev-billing-new"
  sqs_managed_sse_enabled = true
}

# This queue does not belong to a tenant until the change.
resource "aws_sqs_queue" "taken" {
  name                    = "shop-dev-tenant-taken"
  sqs_managed_sse_enabled = true
}

# A name that nobody sees before the apply.
resource "aws_sqs_queue" "nameless" {
  sqs_managed_sse_enabled = true
}

# A type that is not in the scope.
resource "aws_sns_topic" "events" {
  name              = "shop-dev-tenant-events"
  kms_master_key_id = "alias/aws/sns"
}

# A module with a longer name.
module "tenant_ab" {
  source = "./tenant"
}
