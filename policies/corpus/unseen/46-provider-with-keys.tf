# An alias of the provider carries access keys in the source and so works in an account that nobody reviewed.
# Source: CKV_AWS_41
# Fault at: provider.aws.keys_fault
# Near miss at: provider.aws.keys_near

locals {
  keys_parts = ["AKIA", "Q3EGRZ7TMWB5", "XKLY"]
}

provider "aws" {
  alias                       = "keys_fault"
  region                      = var.region
  access_key                  = "AKIAQ3EGRZ7TMWB5XKLY"
  secret_key                  = "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"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true

  default_tags {
    tags = { Environment = "prod", Project = "shop", Owner = "platform", ManagedBy = "terraform" }
  }
}

provider "aws" {
  alias                       = "keys_near"
  region                      = var.region
  max_retries                 = 10
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true

  default_tags {
    tags = { Environment = "prod", Project = "shop", Owner = "platform", ManagedBy = "terraform" }
  }
}

resource "aws_cloudwatch_query_definition" "keys" {
  for_each     = toset(["a"])
  provider     = aws.keys_fault
  name         = "shop-prod-keys-${each.key}"
  query_string = "fields @message"
}

resource "aws_cloudwatch_query_definition" "keys_b" {
  provider     = aws.keys_near
  name         = "shop-prod-keys-near"
  query_string = "fields @message"
}
