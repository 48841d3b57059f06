# A provider sends its signed calls to a foreign server.
# Source: https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/guides/custom-service-endpoints
# Fault at: provider.aws.pendp_fault
# Near miss at: provider.aws.pendp_near

provider "aws" {
  alias  = "pendp_fault"
  region = var.region

  endpoints {
    sts = "http://203.0.113.9:4566"
    s3  = "https://s3.amazonaws.com.example.net"
  }
}

# FIPS and dual-stack endpoints of AWS.
provider "aws" {
  alias                  = "pendp_near"
  region                 = var.region
  use_dualstack_endpoint = true
}
