# A table is created in another Region by an alias of the provider.
# Source: AWS Control Tower control on denied Regions, https://docs.aws.amazon.com/prescriptive-guidance/latest/strategy-data-residency/welcome.html
# Fault at: aws_dynamodb_table.abroad_fault
# Near miss at: aws_acm_certificate.abroad_near

provider "aws" {
  alias                       = "abroad"
  region                      = join("-", ["ap", "southeast", 1])
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true

  default_tags {
    tags = { Environment = "prod", Project = "shop", Owner = "platform", ManagedBy = "terraform" }
  }
}

provider "aws" {
  alias                       = "edge"
  region                      = "us-east-1"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true

  default_tags {
    tags = { Environment = "prod", Project = "shop", Owner = "platform", ManagedBy = "terraform" }
  }
}

resource "aws_kms_key" "abroad" {
  provider = aws.abroad

  description             = "Tables"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_dynamodb_table" "abroad_fault" {
  provider = aws.abroad

  name                        = "shop-prod-abroad"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "id"
  deletion_protection_enabled = true

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.abroad.arn
  }
}

# CloudFront takes certificates from us-east-1 only.
resource "aws_acm_certificate" "abroad_near" {
  provider = aws.edge

  domain_name       = "shop.example.com"
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}
