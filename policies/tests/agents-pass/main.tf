# The trail stays as it is.
resource "aws_cloudtrail" "audit" {
  name           = "shop-prod-audit"
  s3_bucket_name = "shop-prod-audit"
}

# What was there before need not say who made it.
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

# The words only begin alike.
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

# One trail more is no harm.
resource "aws_cloudtrail" "more" {
  name           = "shop-prod-more"
  s3_bucket_name = "shop-prod-audit"
  tags           = { CreatedBy = "agent" }
}
