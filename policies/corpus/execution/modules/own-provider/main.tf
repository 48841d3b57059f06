terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

provider "aws" {
  alias                       = "hidden"
  region                      = "eu-central-1"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
  endpoints {
    sfn = "https://states.example.net"
  }
}

resource "aws_sfn_activity" "this" {
  provider = aws.hidden
  name     = "shop-prod-own-provider"
}
