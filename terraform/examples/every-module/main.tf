# Every example of the modules, so that one `terraform validate` checks them all. `cargo xtask test` does.

terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7.0"
    }
  }
}

locals {
  key = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-4000-8000-000000000000"
}

module "data_trail" {
  source = "../../modules/data-trail/examples/basic"
}

module "environment_access" {
  source = "../../modules/environment-access/examples/basic"

  external_id = "0123456789abcdef"
}

module "secrets" {
  source = "../../modules/secrets/examples/basic"

  kms_key_arn = local.key
}

module "ledger" {
  source = "../../modules/ledger/examples/basic"

  kms_key_arn = local.key
}

module "artifacts" {
  source = "../../modules/artifacts/examples/basic"

  kms_key_arn = local.key
}

module "event_bus" {
  source = "../../modules/event-bus/examples/basic"

  kms_key_arn = local.key
}

module "lambda_function" {
  source = "../../modules/lambda-function/examples/basic"

  kms_key_arn = local.key
  zip         = "bootstrap.zip"
}

module "queue_subscription" {
  source = "../../modules/queue-subscription/examples/basic"

  kms_key_arn = local.key
}

module "approval_workflow" {
  source = "../../modules/approval-workflow/examples/basic"

  kms_key_arn = local.key
}

module "api" {
  source = "../../modules/api/examples/basic"
}

module "fleet" {
  source = "../../modules/fleet/examples/basic"
}
