# The alarm about the heartbeat of the log shipper takes silence for health.
# Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html#alarms-and-missing-data
# Warns: the approvers decide
# Fault at: aws_cloudwatch_metric_alarm.alarm_missing_is_fine_fault
# Near miss at: aws_cloudwatch_metric_alarm.alarm_missing_is_fine_near

resource "aws_cloudwatch_metric_alarm" "alarm_missing_is_fine_fault" {
  alarm_name          = "shop-prod-orders-heartbeat"
  alarm_description   = "The log shipper is silent."
  namespace           = "shop/audit"
  metric_name         = "Heartbeat"
  statistic           = "Sum"
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = ["arn:aws:sns:::shop-prod-security"]
}

resource "aws_cloudwatch_metric_alarm" "alarm_missing_is_fine_near" {
  alarm_name          = "shop-prod-billing-heartbeat"
  alarm_description   = "The log shipper failed."
  namespace           = "shop/audit"
  metric_name         = "Errors"
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = ["arn:aws:sns:::shop-prod-security"]
}
