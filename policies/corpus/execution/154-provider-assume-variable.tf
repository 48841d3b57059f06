# A provider assumes a foreign role, whose account is in a variable.
# Source: https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs#assuming-an-iam-role
# Fault at: provider.aws.pasvar_fault
# Near miss at: provider.aws.pasvar_near

variable "pasvar_account" {
  description = "Account of the deployment."
  type        = string
  default     = "999988887777"
}

variable "pasvar_role" {
  description = "Role of the deployment, in the account of the environment."
  type        = string
  default     = "arn:aws:iam::123456789012:role/shop-prod-deploy"
}

provider "aws" {
  alias  = "pasvar_fault"
  region = var.region

  assume_role {
    role_arn = "arn:aws:iam::${var.pasvar_account}:role/shop-prod-deploy"
  }
}

provider "aws" {
  alias  = "pasvar_near"
  region = var.region

  assume_role {
    role_arn = var.pasvar_role
  }
}
