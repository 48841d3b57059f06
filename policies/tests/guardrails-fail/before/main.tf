resource "aws_cloudtrail" "off" {
  name                          = "shop-prod-off"
  s3_bucket_name                = "shop-prod-trail"
  kms_key_id                    = "arn:aws:kms:${var.region}:123456789012:key/1"
  is_multi_region_trail         = true
  include_global_service_events = true
  enable_log_file_validation    = true
  cloud_watch_logs_group_arn    = "arn:aws:logs:${var.region}:123456789012:log-group:trail:*"
  cloud_watch_logs_role_arn     = "arn:aws:iam::123456789012:role/trail"
}

resource "aws_securityhub_account" "gone" {}

resource "aws_flow_log" "gone" {
  vpc_id          = "vpc-1"
  traffic_type    = "ALL"
  log_destination = "arn:aws:logs:${var.region}:123456789012:log-group:flow"
  iam_role_arn    = "arn:aws:iam::123456789012:role/flow"
}

resource "aws_s3_bucket_public_access_block" "gone" {
  bucket                  = "shop-prod-other"
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_guardduty_detector_feature" "forgotten" {
  detector_id = "d"
  name        = "S3_DATA_EVENTS"
  status      = "ENABLED"
}

resource "aws_cloudwatch_log_group" "shorter" {
  name              = "/shop/prod/shorter"
  retention_in_days = 365
  kms_key_id        = "arn:aws:kms:${var.region}:123456789012:key/1"
}

resource "aws_cloudwatch_log_group" "no_longer_forever" {
  name              = "/shop/prod/forever"
  retention_in_days = 0
  kms_key_id        = "arn:aws:kms:${var.region}:123456789012:key/1"
}

resource "aws_iam_role" "unbounded" {
  name                 = "shop-prod-unbounded"
  permissions_boundary = "arn:aws:iam::123456789012:policy/boundary"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

# Not weaker: 0 keeps everything.
resource "aws_cloudwatch_log_group" "forever" {
  name              = "/shop/prod/now-forever"
  retention_in_days = 90
  kms_key_id        = "arn:aws:kms:${var.region}:123456789012:key/1"
}

# Deleted together with what it protects.
resource "aws_s3_bucket" "both" {
  bucket = "shop-prod-both"
}

resource "aws_s3_bucket_public_access_block" "both" {
  bucket                  = "shop-prod-both"
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

# Forgotten, so it stays, without what protects it.
resource "aws_s3_bucket" "forgotten" {
  bucket = "shop-prod-forgotten"
}

resource "aws_s3_bucket_public_access_block" "forgotten" {
  bucket                  = "shop-prod-forgotten"
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_flow_log" "replaced" {
  vpc_id          = "vpc-1"
  traffic_type    = "ALL"
  log_destination = "arn:aws:logs:${var.region}:123456789012:log-group:flow"
  iam_role_arn    = "arn:aws:iam::123456789012:role/flow"
}

# A switch that protects nothing.
resource "aws_dynamodb_table" "streams" {
  name                        = "shop-prod-streams"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "id"
  stream_enabled              = true
  stream_view_type            = "KEYS_ONLY"
  deletion_protection_enabled = true
  attribute {
    name = "id"
    type = "S"
  }
}
