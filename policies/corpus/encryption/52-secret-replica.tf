# The copies of the secret in other Regions are not encrypted with a key of the account.
# Source: CKV_AWS_149, https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
# Fault at: aws_secretsmanager_secret.replica_fault
# Near miss at: aws_secretsmanager_secret.replica_near

variable "replica_region" {
  description = "Region of the recovery site."
  type        = string
  default     = "eu-west-1"
}

resource "aws_kms_key" "replica" {
  description         = "Secrets"
  enable_key_rotation = true
  multi_region        = true
}

provider "aws" {
  alias                       = "recovery"
  region                      = var.replica_region
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true

  default_tags {
    tags = {
      Environment = "prod"
      Project     = "shop"
      Owner       = "platform"
      ManagedBy   = "terraform"
    }
  }
}

resource "aws_kms_replica_key" "replica" {
  provider        = aws.recovery
  description     = "Secrets in the recovery Region"
  primary_key_arn = aws_kms_key.replica.arn
}

resource "aws_secretsmanager_secret" "replica_fault" {
  name                    = "shop-prod-signing"
  kms_key_id              = aws_kms_key.replica.arn
  recovery_window_in_days = 30
  replica {
    region     = var.replica_region
    kms_key_id = "alias/aws/secretsmanager"
  }
}

resource "aws_secretsmanager_secret" "replica_near" {
  name                    = "shop-prod-encryption"
  kms_key_id              = aws_kms_key.replica.arn
  recovery_window_in_days = 30
  replica {
    region     = var.replica_region
    kms_key_id = aws_kms_replica_key.replica.arn
  }
}
