# A function that may read one table and nothing else.

variable "kms_key_arn" {
  description = "ARN of the key that encrypts the data."
  type        = string
}

data "aws_caller_identity" "this" {}
data "aws_region" "this" {}

variable "zip" {
  description = "Path of the zip that contains the file `bootstrap`."
  type        = string
}

module "code" {
  source = "../../../artifacts"

  name        = "shop-prod-code-${data.aws_caller_identity.this.account_id}"
  kms_key_arn = var.kms_key_arn
}

module "function" {
  source = "../.."

  name                 = "shop-prod-orders"
  zip                  = var.zip
  code_bucket          = module.code.name
  architecture         = "arm64"
  account_id           = data.aws_caller_identity.this.account_id
  region               = data.aws_region.this.name
  kms_key_arn          = var.kms_key_arn
  timeout_seconds      = 30
  reserved_concurrency = 10
  variables            = { TABLE = "shop-prod-orders" }
  statements = {
    Table = {
      actions   = ["dynamodb:GetItem"]
      resources = ["arn:aws:dynamodb:${data.aws_region.this.name}:${data.aws_caller_identity.this.account_id}:table/shop-prod-orders"]
    }
  }
}
