# Each resource protected something before.

resource "aws_cloudtrail" "off" {
  name                          = "shop-prod-off"
  s3_bucket_name                = "shop-prod-trail"
  is_multi_region_trail         = false
  include_global_service_events = true
  enable_log_file_validation    = true
  cloud_watch_logs_group_arn    = "arn:aws:logs:${var.region}:123456789012:log-group:trail:*"
  cloud_watch_logs_role_arn     = "arn:aws:iam::123456789012:role/trail"
}

removed {
  from = aws_guardduty_detector_feature.forgotten
  lifecycle {
    destroy = false
  }
}

resource "aws_cloudwatch_log_group" "shorter" {
  name              = "/shop/prod/shorter"
  retention_in_days = 90
  kms_key_id        = "arn:aws:kms:${var.region}:123456789012:key/1"
}

resource "aws_cloudwatch_log_group" "no_longer_forever" {
  name              = "/shop/prod/forever"
  retention_in_days = 3653
  kms_key_id        = "arn:aws:kms:${var.region}:123456789012:key/1"
}

resource "aws_iam_role" "unbounded" {
  name = "shop-prod-unbounded"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_cloudwatch_log_group" "forever" {
  name              = "/shop/prod/now-forever"
  retention_in_days = 0
  kms_key_id        = "arn:aws:kms:${var.region}:123456789012:key/1"
}

removed {
  from = aws_s3_bucket.forgotten
  lifecycle {
    destroy = false
  }
}

# Replaced, so something protects afterwards.
resource "aws_flow_log" "replaced" {
  vpc_id          = "vpc-2"
  traffic_type    = "ALL"
  log_destination = "arn:aws:logs:${var.region}:123456789012:log-group:flow"
  iam_role_arn    = "arn:aws:iam::123456789012:role/flow"
}

# A switch that protects nothing.
resource "aws_dynamodb_table" "streams" {
  name                        = "shop-prod-streams"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "id"
  stream_enabled              = false
  stream_view_type            = null
  deletion_protection_enabled = true
  attribute {
    name = "id"
    type = "S"
  }
}
