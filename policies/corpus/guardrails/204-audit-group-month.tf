# The audit log is kept for a month instead of two years.
# Source: CloudWatch.16
# Fault at: aws_cloudwatch_log_group.audit_group_month_fault
# Near miss at: aws_cloudwatch_log_group.audit_group_month_near

resource "aws_cloudwatch_log_group" "audit_group_month_fault" {
  name              = "shop-prod-orders-audit"
  retention_in_days = 30
  kms_key_id        = aws_kms_key.audit_group_month_key.arn
}

resource "aws_cloudwatch_log_group" "audit_group_month_near" {
  name              = "shop-prod-billing-debug"
  retention_in_days = 90
  kms_key_id        = aws_kms_key.audit_group_month_key.arn
}

resource "aws_kms_key" "audit_group_month_key" {
  description         = "Logs of the shop"
  enable_key_rotation = true
}
