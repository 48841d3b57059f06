# A bucket whose objects are named by their content.

variable "kms_key_arn" {
  description = "ARN of the key that encrypts the data."
  type        = string
}

data "aws_caller_identity" "this" {}
data "aws_region" "this" {}

module "bucket" {
  source = "../.."

  name        = "shop-prod-artifacts-${data.aws_caller_identity.this.account_id}"
  kms_key_arn = var.kms_key_arn
}
