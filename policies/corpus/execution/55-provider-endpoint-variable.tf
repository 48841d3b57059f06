# A provider gets a foreign endpoint through a variable.
# Source: https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/guides/custom-service-endpoints
# Fault at: provider.aws.pvar_fault
# Near miss at: provider.aws.pvar_near

variable "pvar_gateway" {
  description = "Address of the gateway."
  type        = string
  default     = "https://aws-gateway.example.net"
}

variable "pvar_region" {
  description = "Region of the second provider."
  type        = string
  default     = "eu-central-1"
}

provider "aws" {
  alias  = "pvar_fault"
  region = var.pvar_region

  endpoints {
    iam = var.pvar_gateway
    sts = var.pvar_gateway
  }
}

provider "aws" {
  alias  = "pvar_near"
  region = var.pvar_region
}
