# A stream of customer data is created in a Region outside of the environment's, which a default value of a variable names.
# Source: https://docs.aws.amazon.com/prescriptive-guidance/latest/strategy-data-residency/welcome.html
# Fault at: aws_kinesis_stream.literal_region_fault
# Near miss at: aws_kinesis_stream.literal_region_near

variable "literal_region" {
  description = "Region of the second stream."
  type        = string
  default     = "ap-southeast-1"
}

provider "aws" {
  alias                       = "literal_abroad"
  region                      = var.literal_region
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true

  default_tags {
    tags = { Environment = "prod", Project = "shop", Owner = "platform", ManagedBy = "terraform" }
  }
}

provider "aws" {
  alias                       = "literal_home"
  region                      = var.region
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true

  default_tags {
    tags = { Environment = "prod", Project = "shop", Owner = "platform", ManagedBy = "terraform" }
  }
}

resource "aws_kinesis_stream" "literal_region_fault" {
  provider = aws.literal_abroad

  name             = "shop-prod-literal-region-a"
  retention_period = 48
  encryption_type  = "KMS"
  kms_key_id       = "alias/shop-prod-streams"

  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}

resource "aws_kinesis_stream" "literal_region_near" {
  provider = aws.literal_home

  name             = "shop-prod-literal-region-b"
  retention_period = 48
  encryption_type  = "KMS"
  kms_key_id       = "alias/shop-prod-streams"

  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}
