# The audit trail is unchanged.
resource "aws_cloudtrail" "audit" {
  name           = "shop-prod-audit"
  s3_bucket_name = "shop-prod-audit"
}

# An existing resource does not need the tag CreatedBy.
resource "aws_sns_topic" "old" {
  name              = "shop-prod-old"
  display_name      = "Shop"
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_sns_topic" "signed" {
  name              = "shop-prod-signed"
  kms_master_key_id = "alias/aws/sns"
  tags              = { CreatedBy = "agent" }
}

# Names that only begin like "agent" or "headgate" do not count.
resource "aws_iam_role" "agency" {
  name = "shop-prod-agency"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
  tags = { CreatedBy = "agent" }
}

resource "aws_sns_topic" "headgates" {
  name              = "shop-prod-headgates"
  kms_master_key_id = "alias/aws/sns"
  tags              = { CreatedBy = "agent" }
}

# An additional trail is allowed.
resource "aws_cloudtrail" "more" {
  name                       = "shop-prod-more"
  s3_bucket_name             = "shop-prod-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = var.key
  cloud_watch_logs_group_arn = var.log_group
  tags                       = { CreatedBy = "agent" }
}

variable "key" {
  description = "ARN of the key that encrypts the trail."
  type        = string
  default     = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"
}

variable "log_group" {
  description = "ARN of the log group of the trail."
  type        = string
  default     = "arn:aws:logs:eu-central-1:123456789012:log-group:audit:*"
}
