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
  name           = "shop-prod-more"
  s3_bucket_name = "shop-prod-audit"
  tags           = { CreatedBy = "agent" }
}
