# A table for state, markers and outboxes.

variable "kms_key_arn" {
  description = "ARN of the key that encrypts the data."
  type        = string
}

module "table" {
  source = "../.."

  name        = "shop-prod-orders"
  kms_key_arn = var.kms_key_arn
  tags        = { Team = "orders" }
}
