# A provider for us-east-1 serves a topic of customers, which belongs to the Region of the environment.
# Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html
# Fault at: provider.aws.pcf_fault
# Near miss at: provider.aws.pcf_near
# Near miss at: aws_acm_certificate.pcf_support

provider "aws" {
  alias                       = "pcf_fault"
  region                      = "us-east-1"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true

  default_tags {
    tags = { Environment = "prod", Project = "shop", Owner = "platform", ManagedBy = "terraform" }
  }
}

provider "aws" {
  alias                       = "pcf_near"
  region                      = "us-east-1"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true

  default_tags {
    tags = { Environment = "prod", Project = "shop", Owner = "platform", ManagedBy = "terraform" }
  }
}

resource "aws_sns_topic" "pcf_support" {
  provider          = aws.pcf_fault
  name              = "shop-prod-pcf"
  kms_master_key_id = "alias/shop-prod-topics"
}

# CloudFront accepts certificates from us-east-1 only.
resource "aws_acm_certificate" "pcf_support" {
  provider          = aws.pcf_near
  domain_name       = "shop.example.com"
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}
