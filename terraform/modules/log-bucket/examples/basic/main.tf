# The log of a fleet in another account: its administrators cannot delete what it signed.

variable "fleet_account_id" {
  description = "ID of the account that the fleet runs in."
  type        = string
}

variable "auditor_role_arn" {
  description = "ARN of the role that auditors read the log with."
  type        = string
}

data "aws_caller_identity" "this" {}
data "aws_partition" "this" {}

locals {
  fleet_roles_arn = "arn:${data.aws_partition.this.partition}:iam::${var.fleet_account_id}:role/headgate-prod-"
}

module "log" {
  source = "../.."

  name            = "headgate-prod-log-${data.aws_caller_identity.this.account_id}"
  writer_role_arn = "${local.fleet_roles_arn}transparency-log"
  other_account   = true
  reader_arns     = [var.auditor_role_arn, "${local.fleet_roles_arn}query-api"] # query-api makes receipts
  lock            = { mode = "COMPLIANCE", days = 2555 }
}
