# A variable has a secret as its default.
# Source: https://developer.hashicorp.com/terraform/language/values/variables#suppressing-values-in-cli-output
# Fault at: var.secvar_fault
# Near miss at: var.secvar_near

variable "secvar_fault" {
  description = "Text for the partner."
  type        = string
  sensitive   = true
  default     = "glpat-NiiHzxZ6yikQOZJQM5Fp"
}

variable "secvar_near" {
  description = "Password rules of the shop: a token has 32 characters."
  type        = string
  default     = "token-32"
}

resource "aws_sfn_activity" "secvar_support" {
  name = "shop-prod-secvar"
}
