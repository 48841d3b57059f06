# A provider exchanges a token that is written in it for a role in a foreign account.
# Source: https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs#assuming-an-iam-role-using-a-web-identity
# Fault at: provider.aws.pweb_fault
# Near miss at: provider.aws.pweb_near

provider "aws" {
  alias  = "pweb_fault"
  region = var.region

  assume_role_with_web_identity {
    role_arn           = "arn:aws:iam::999988887777:role/ci"
    web_identity_token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJzaG9wLXByb2QiLCJyb2xlIjoiYWRtaW4iLCJpYXQiOjE3MTgwMDAwMDB9.dT0bVLHTtZmFFhUGE8xpUdymCxiHkCu0jQeXGUpN5I7"
  }
}

provider "aws" {
  alias               = "pweb_near"
  region              = var.region
  allowed_account_ids = ["123456789012"]
}
