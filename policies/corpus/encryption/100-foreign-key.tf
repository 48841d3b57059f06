# Data of the shop is encrypted with a key of another account, which can take it hostage.
# Source: https://docs.aws.amazon.com/prescriptive-guidance/latest/encryption-best-practices/kms.html, MITRE ATT&CK T1486
# Fault at: aws_s3_bucket_server_side_encryption_configuration.hostage_fault
# Fault at: aws_ebs_volume.hostage_fault
# Fault at: aws_cloudwatch_log_group.hostage_fault
# Near miss at: aws_s3_bucket_server_side_encryption_configuration.hostage_near
# Near miss at: aws_cloudwatch_log_group.hostage_near

locals {
  hostage_account = format("%d%d", 999988, 887777)
  hostage_key     = "arn:aws:kms:${var.region}:${local.hostage_account}:key/11111111-2222-3333-4444-555555555555"
}

resource "aws_kms_key" "hostage" {
  description         = "Ledgers"
  enable_key_rotation = true
}

resource "aws_kms_alias" "hostage" {
  name          = "alias/shop-prod-ledgers"
  target_key_id = aws_kms_key.hostage.key_id
}

resource "aws_s3_bucket" "hostage_one" {
  bucket = "shop-prod-ledgers"
}

resource "aws_s3_bucket_public_access_block" "hostage_one" {
  bucket                  = aws_s3_bucket.hostage_one.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "hostage_one" {
  bucket = aws_s3_bucket.hostage_one.bucket
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket" "hostage_two" {
  bucket = "shop-prod-ledger-copies"
}

resource "aws_s3_bucket_public_access_block" "hostage_two" {
  bucket                  = aws_s3_bucket.hostage_two.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "hostage_two" {
  bucket = aws_s3_bucket.hostage_two.bucket
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "hostage_fault" {
  bucket = aws_s3_bucket.hostage_one.bucket
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = local.hostage_key
    }
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "hostage_near" {
  bucket = aws_s3_bucket.hostage_two.bucket
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms:dsse"
      kms_master_key_id = aws_kms_alias.hostage.target_key_arn
    }
  }
}

resource "aws_ebs_volume" "hostage_fault" {
  availability_zone = "${var.region}a"
  size              = 100
  type              = "gp3"
  encrypted         = true
  kms_key_id        = local.hostage_key
  tags              = { Name = "shop-prod-ledgers" }
}

resource "aws_cloudwatch_log_group" "hostage_fault" {
  name              = "/shop/prod/ledgers"
  retention_in_days = 365
  kms_key_id        = local.hostage_key
}

resource "aws_cloudwatch_log_group" "hostage_near" {
  name              = "/shop/prod/ledger-copies"
  retention_in_days = 365
  kms_key_id        = aws_kms_alias.hostage.target_key_arn
}
