resource "aws_cloudtrail" "audit" {
  name           = "shop-prod-audit"
  s3_bucket_name = "shop-prod-audit"
}

resource "aws_sns_topic" "old" {
  name              = "shop-prod-old"
  kms_master_key_id = "alias/aws/sns"
}
