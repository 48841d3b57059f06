# One provider without a constraint, one with an open constraint, and literals in the settings of a provider.

terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region                      = "eu-central-1"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
}

# An alias uses the version of its provider.
provider "aws" {
  alias                       = "far"
  region                      = var.far
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
}

variable "far" {
  default = "us-west-2"
}
