# The log group of CloudTrail is renamed, which deletes all that is in it.
# Source: CloudWatch.16, https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html
# Fault at: aws_cloudwatch_log_group.group_replaced_by_copy_fault
# Near miss at: aws_cloudwatch_log_group.group_replaced_by_copy_near

resource "aws_cloudwatch_log_group" "group_replaced_by_copy_fault" {
  name              = "shop-prod-orders-trail-logs"
  retention_in_days = 731
  kms_key_id        = aws_kms_key.group_replaced_by_copy_key.arn
  skip_destroy      = false
}

resource "aws_cloudwatch_log_group" "group_replaced_by_copy_near" {
  name              = "shop-prod-billing-trail-log"
  retention_in_days = 731
  kms_key_id        = aws_kms_key.group_replaced_by_copy_key.arn
  skip_destroy      = true
}

resource "aws_kms_key" "group_replaced_by_copy_key" {
  description         = "Logs of CloudTrail"
  enable_key_rotation = true
}
