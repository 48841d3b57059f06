# The log group of CloudTrail keeps its entries for a day.
# Source: CloudWatch.16, CKV_AWS_338
# Fault at: aws_cloudwatch_log_group.log_retention_day_fault
# Near miss at: aws_cloudwatch_log_group.log_retention_day_near

resource "aws_cloudwatch_log_group" "log_retention_day_fault" {
  name              = "shop-prod-orders-trail"
  retention_in_days = 1
  kms_key_id        = aws_kms_key.log_retention_day_key.arn
}

resource "aws_cloudwatch_log_group" "log_retention_day_near" {
  name              = "shop-prod-billing-trail"
  retention_in_days = 0
  kms_key_id        = aws_kms_key.log_retention_day_key.arn
}

resource "aws_kms_key" "log_retention_day_key" {
  description         = "Logs of CloudTrail"
  enable_key_rotation = true
}
