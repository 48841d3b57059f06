# A provider takes its credentials from a foreign metadata server.
# Source: https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs#ec2_metadata_service_endpoint-1
# Fault at: provider.aws.pimds_fault
# Near miss at: provider.aws.pimds_near

provider "aws" {
  alias                         = "pimds_fault"
  region                        = var.region
  ec2_metadata_service_endpoint = "http://203.0.113.9/"
}

provider "aws" {
  alias                              = "pimds_near"
  region                             = var.region
  ec2_metadata_service_endpoint_mode = "IPv4"
}
