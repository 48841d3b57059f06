# Headgate's modules without Headgate: a bus, and a function of your own that consumes orders from it, with a table, a
# secret, a dead-letter queue and alarms. `cargo xtask test` validates this example.

terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7.0"
    }
  }
}

variable "zip" {
  description = "Path of the zip that contains the file `bootstrap`."
  type        = string
}

provider "aws" {
  region = local.region

  default_tags {
    tags = { Project = "shop" }
  }
}

data "aws_caller_identity" "this" {}

locals {
  region  = "eu-central-1"
  account = data.aws_caller_identity.this.account_id
  name    = "shop-prod-orders"
}

resource "aws_kms_key" "this" {
  description         = "Data of the shop"
  enable_key_rotation = true
}

module "bus" {
  source = "../../modules/event-bus"

  name            = "shop-prod-bus"
  account_id      = local.account
  region          = local.region
  kms_key_arn     = aws_kms_key.this.arn
  fleet_role_arns = ["arn:aws:iam::${local.account}:role/${local.name}"]
  senders = {
    "shop.web" = { role_arn = "arn:aws:iam::${local.account}:role/web", detail_types = ["order.placed.v*"] }
  }
}

module "table" {
  source = "../../modules/ledger"

  name        = local.name
  kms_key_arn = aws_kms_key.this.arn
}

module "code" {
  source = "../../modules/artifacts"

  name        = "shop-prod-code-${local.account}"
  kms_key_arn = aws_kms_key.this.arn
}

module "secret" {
  source = "../../modules/secrets"

  name_prefix = "shop-prod-"
  secrets     = { payment-api = "API key of the payment provider" }
  kms_key_arn = aws_kms_key.this.arn
}

# Messages that nobody could process, not even the consumer of the dead-letter queue.
resource "aws_sqs_queue" "last" {
  name              = "shop-prod-undeliverable"
  kms_master_key_id = aws_kms_key.this.arn
}

module "function" {
  source = "../../modules/lambda-function"

  name                 = local.name
  zip                  = var.zip
  code_bucket          = module.code.name
  architecture         = "arm64"
  account_id           = local.account
  region               = local.region
  kms_key_arn          = aws_kms_key.this.arn
  timeout_seconds      = 30
  reserved_concurrency = 10
  variables            = { TABLE = module.table.name }
  statements = {
    Table = { actions = ["dynamodb:GetItem", "dynamodb:TransactWriteItems"], resources = [module.table.arn] }
    Queue = { actions = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], resources = ["arn:aws:sqs:${local.region}:${local.account}:${local.name}"] }
  }
}

module "subscription" {
  source = "../../modules/queue-subscription"

  name                       = local.name
  bus_name                   = module.bus.name
  event_pattern              = { detail-type = [{ prefix = "order.placed.v" }] }
  function_name              = module.function.name
  function_timeout_seconds   = 30
  visibility_timeout_seconds = 180
  last_queue_name            = aws_sqs_queue.last.name
  sender_role_arns = {
    queue = "arn:aws:iam::${local.account}:role/shop-prod-redrive" # the role that sends messages to the queue again
    dlq   = "arn:aws:iam::${local.account}:role/${local.name}"
  }
  account_id  = local.account
  region      = local.region
  kms_key_arn = aws_kms_key.this.arn
}
