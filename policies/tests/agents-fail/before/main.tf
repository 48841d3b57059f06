resource "aws_cloudtrail" "audit" {
  name           = "shop-prod-audit"
  s3_bucket_name = "shop-prod-audit"
}

resource "aws_cloudwatch_log_group" "headgate" {
  name       = "/aws/lambda/headgate-prod-intake"
  kms_key_id = "arn:aws:kms:${var.region}:111122223333:key/0"
}
