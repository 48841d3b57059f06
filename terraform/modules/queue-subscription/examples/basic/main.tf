# A queue with its dead-letter queue and alarms, between a rule of the bus and a function.

variable "kms_key_arn" {
  description = "ARN of the key that encrypts the data."
  type        = string
}

data "aws_caller_identity" "this" {}
data "aws_region" "this" {}

resource "aws_sqs_queue" "last" {
  name              = "shop-prod-undeliverable"
  kms_master_key_id = var.kms_key_arn
}

module "subscription" {
  source = "../.."

  name                       = "shop-prod-orders"
  bus_name                   = "shop-prod-bus"
  event_pattern              = { detail-type = [{ prefix = "order.placed.v" }] }
  function_name              = "shop-prod-orders"
  function_timeout_seconds   = 30
  visibility_timeout_seconds = 180 # six times the function's timeout
  last_queue_name            = aws_sqs_queue.last.name
  sender_role_arns = {
    queue = "arn:aws:iam::${data.aws_caller_identity.this.account_id}:role/shop-prod-redrive"
    dlq   = "arn:aws:iam::${data.aws_caller_identity.this.account_id}:role/shop-prod-orders"
  }
  account_id  = data.aws_caller_identity.this.account_id
  region      = data.aws_region.this.name
  kms_key_arn = var.kms_key_arn
}
