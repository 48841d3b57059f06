terraform {
  required_version = ">= 1.10"

  # `terraform init -backend-config=backend.hcl` sets bucket, key and region. The lock is a file beside the
  # state.
  backend "s3" {
    encrypt      = true
    use_lockfile = true
  }

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7.0"
    }
  }
}
