# The workflow that waits for people, around two functions of the fleet.

variable "kms_key_arn" {
  description = "ARN of the key that encrypts the data."
  type        = string
}

data "aws_caller_identity" "this" {}
data "aws_region" "this" {}

locals {
  functions = "arn:aws:lambda:${data.aws_region.this.name}:${data.aws_caller_identity.this.account_id}:function"
}

module "workflow" {
  source = "../.."

  name                  = "headgate-prod-approval"
  account_id            = data.aws_caller_identity.this.account_id
  region                = data.aws_region.this.name
  open_function_name    = "headgate-prod-approval-gate-open"
  open_function_arn     = "${local.functions}:headgate-prod-approval-gate-open"
  expire_function_name  = "headgate-prod-approval-gate-expire"
  expire_function_arn   = "${local.functions}:headgate-prod-approval-gate-expire"
  slice_seconds         = 14400
  total_timeout_seconds = 7 * 86400
  kms_key_arn           = var.kms_key_arn
}
