# A provider assumes a foreign role from a dynamic block.
# Source: https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks
# Fault at: provider.aws.pdyn_fault
# Near miss at: provider.aws.pdyn_near

variable "pdyn_accounts" {
  description = "Accounts of the deployment."
  type        = map(string)
  default     = { deploy = "999988887777" }
}

provider "aws" {
  alias  = "pdyn_fault"
  region = var.region

  dynamic "assume_role" {
    for_each = var.pdyn_accounts
    content {
      role_arn = "arn:aws:iam::${assume_role.value}:role/${assume_role.key}"
    }
  }
}

provider "aws" {
  alias  = "pdyn_near"
  region = var.region

  dynamic "ignore_tags" {
    for_each = ["kubernetes.io/"]
    content {
      key_prefixes = [ignore_tags.value]
    }
  }
}
