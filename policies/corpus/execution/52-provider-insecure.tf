# A provider does not check the certificate of the server that it talks to.
# Source: https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs#insecure-1
# Fault at: provider.aws.pinsec_fault
# Fault at: provider.aws.pca_fault
# Near miss at: provider.aws.pinsec_near

provider "aws" {
  alias    = "pinsec_fault"
  region   = var.region
  insecure = true
}

provider "aws" {
  alias            = "pca_fault"
  region           = var.region
  custom_ca_bundle = "certs/intercept.pem"
}

provider "aws" {
  alias             = "pinsec_near"
  region            = var.region
  use_fips_endpoint = true
}
