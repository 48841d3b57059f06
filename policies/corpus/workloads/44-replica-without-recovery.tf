# The table can be restored to a point in time, but its replica in the second Region cannot.
# Source: DynamoDB.2, CKV_AWS_165
# Fault at: aws_dynamodb_table.ddbrep_fault
# Near miss at: aws_dynamodb_table.ddbrep_near

variable "work_second_region" {
  description = "Region of the replicas"
  type        = string
  default     = "eu-west-1"
}

provider "aws" {
  alias                       = "work_second"
  region                      = var.work_second_region
  skip_credentials_validation = true
  skip_metadata_api_check     = true
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

resource "aws_kms_key" "ddb" {
  description         = "Key of the global tables"
  multi_region        = true
  enable_key_rotation = true
}

resource "aws_kms_replica_key" "ddb" {
  provider        = aws.work_second
  description     = "Key of the global tables"
  primary_key_arn = aws_kms_key.ddb.arn
}

resource "aws_dynamodb_table" "ddbrep_fault" {
  name                        = "shop-prod-carts-half"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "id"
  deletion_protection_enabled = true
  stream_enabled              = true
  stream_view_type            = "NEW_AND_OLD_IMAGES"
  attribute {
    name = "id"
    type = "S"
  }
  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.work.arn
  }
  point_in_time_recovery {
    enabled = true
  }
  replica {
    region_name            = var.work_second_region
    kms_key_arn            = aws_kms_replica_key.ddb.arn
    propagate_tags         = true
    point_in_time_recovery = false
  }
}

resource "aws_dynamodb_table" "ddbrep_near" {
  name                        = "shop-prod-carts"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "id"
  deletion_protection_enabled = true
  stream_enabled              = true
  stream_view_type            = "NEW_AND_OLD_IMAGES"
  attribute {
    name = "id"
    type = "S"
  }
  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.work.arn
  }
  point_in_time_recovery {
    enabled = true
  }
  replica {
    region_name            = var.work_second_region
    kms_key_arn            = aws_kms_replica_key.ddb.arn
    propagate_tags         = true
    point_in_time_recovery = true
  }
}
