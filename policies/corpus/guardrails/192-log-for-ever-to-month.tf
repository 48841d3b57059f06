# The audit log, which was kept for ever, is kept for a month.
# Source: CloudWatch.16, CKV_AWS_338
# Fault at: aws_cloudwatch_log_group.log_for_ever_to_month_fault
# Near miss at: aws_cloudwatch_log_group.log_for_ever_to_month_near

resource "aws_cloudwatch_log_group" "log_for_ever_to_month_fault" {
  name              = "shop-prod-orders-audit"
  retention_in_days = 30
  kms_key_id        = aws_kms_key.log_for_ever_to_month_key.arn
}

resource "aws_cloudwatch_log_group" "log_for_ever_to_month_near" {
  name              = "shop-prod-billing-audit"
  retention_in_days = 731
  kms_key_id        = aws_kms_key.log_for_ever_to_month_key.arn
}

resource "aws_kms_key" "log_for_ever_to_month_key" {
  description         = "Audit logs"
  enable_key_rotation = true
}
