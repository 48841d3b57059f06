# The copy of the key in the other Region can be used by everybody.
# Source: KMS.5, CKV_AWS_33
# Fault at: aws_kms_replica_key.regional_fault
# Near miss at: aws_kms_replica_key.regional_near

provider "aws" {
  alias                       = "regional"
  region                      = "eu-west-1"
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

resource "aws_kms_key" "regional" {
  description         = "Sessions"
  enable_key_rotation = true
  multi_region        = true
}

resource "aws_kms_replica_key" "regional_fault" {
  provider        = aws.regional
  description     = "Sessions in the recovery Region"
  primary_key_arn = aws_kms_key.regional.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = ["*"] }
      Action    = ["kms:Decrypt", "kms:CreateGrant", "kms:PutKeyPolicy"]
      Resource  = ["*"]
      Condition = { StringNotEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }
    }]
  })
}

# Rotation comes from the primary key.
resource "aws_kms_replica_key" "regional_near" {
  provider        = aws.regional
  description     = "Sessions in the second recovery Region"
  primary_key_arn = aws_kms_key.regional.arn
}
