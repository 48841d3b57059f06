# A bus on which the web shop may put orders, and nobody may use the name of another sender.

variable "kms_key_arn" {
  description = "ARN of the key that encrypts the data."
  type        = string
}

data "aws_caller_identity" "this" {}
data "aws_region" "this" {}

module "bus" {
  source = "../.."

  name            = "shop-prod-bus"
  account_id      = data.aws_caller_identity.this.account_id
  region          = data.aws_region.this.name
  kms_key_arn     = var.kms_key_arn
  fleet_role_arns = ["arn:aws:iam::${data.aws_caller_identity.this.account_id}:role/shop-prod-orders"]
  senders = {
    "shop.web" = {
      role_arn     = "arn:aws:iam::${data.aws_caller_identity.this.account_id}:role/web"
      detail_types = ["order.placed.v*"]
    }
  }
}
