# The audit log is deleted after one day.
# Source: CloudWatch.16, CKV_AWS_338
# Fault at: aws_cloudwatch_log_group.day_fault
# Near miss at: aws_cloudwatch_log_group.day_near

resource "aws_cloudwatch_log_group" "day_fault" {
  name              = "/shop-prod/audit-day"
  kms_key_id        = aws_kms_key.work.arn
  retention_in_days = 1
}

resource "aws_cloudwatch_log_group" "day_near" {
  name              = "/shop-prod/audit"
  kms_key_id        = aws_kms_key.work.arn
  retention_in_days = 400
}
