# Two secrets without values. An operator stores the values.

variable "kms_key_arn" {
  description = "ARN of the key that encrypts the data."
  type        = string
}

module "secrets" {
  source = "../.."

  name_prefix = "shop-prod-"
  kms_key_arn = var.kms_key_arn
  secrets = {
    payment-api = "API key of the payment provider"
    mail-api    = "API key of the mail provider"
  }
}
