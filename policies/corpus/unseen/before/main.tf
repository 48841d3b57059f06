resource "aws_s3_bucket_public_access_block" "forget_fault" {
  bucket                  = "shop-prod-forget-a"
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_public_access_block" "forget_old" {
  bucket                  = "shop-prod-forget-b"
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

variable "retrigger_key" {
  description = "Key of the tables."
  type        = string
  default     = "arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-1111-2222-3333-444455556666"
}

resource "aws_ssm_parameter" "retrigger" {
  name           = "/shop-prod/release"
  type           = "String"
  insecure_value = "v1"
}

resource "aws_dynamodb_table" "retrigger_fault" {
  name                        = "shop-prod-retrigger-a"
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
    kms_key_arn = var.retrigger_key
  }
}

resource "aws_dynamodb_table" "retrigger_near" {
  name                        = "shop-prod-retrigger-b"
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
    kms_key_arn = var.retrigger_key
  }
}

resource "aws_efs_file_system" "retrigger_fs_fault" {
  creation_token = "shop-prod-retrigger-fs-a"
  encrypted      = true
  kms_key_id     = var.retrigger_key
}

resource "aws_efs_file_system" "retrigger_fs_near" {
  creation_token = "shop-prod-retrigger-fs-b"
  encrypted      = true
  kms_key_id     = var.retrigger_key
}
