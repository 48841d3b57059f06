# A provider uses a personal profile from a credentials file.
# Source: https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs#shared-configuration-and-credentials-files
# Fault at: provider.aws.pshared_fault
# Near miss at: provider.aws.pshared_near

provider "aws" {
  alias                    = "pshared_fault"
  region                   = var.region
  shared_credentials_files = ["/home/alice/.aws/credentials"]
  profile                  = "breakglass-admin"
}

provider "aws" {
  alias      = "pshared_near"
  region     = var.region
  token_bucket_rate_limiter_capacity = 1000
}
