# The alarm about the root user waits for a hundred thousand sign-ins in a day.
# Source: CloudWatch.3, CIS 4.3
# Warns: the approvers decide
# Fault at: aws_cloudwatch_metric_alarm.alarm_threshold_fault
# Near miss at: aws_cloudwatch_metric_alarm.alarm_threshold_near

resource "aws_cloudwatch_metric_alarm" "alarm_threshold_fault" {
  alarm_name          = "shop-prod-orders-root-use"
  alarm_description   = "The root user did something."
  namespace           = "shop/audit"
  metric_name         = "RootUse"
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 100000
  period              = 86400
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = ["arn:aws:sns:::shop-prod-security"]
}

resource "aws_cloudwatch_metric_alarm" "alarm_threshold_near" {
  alarm_name          = "shop-prod-billing-root-use"
  alarm_description   = "The root user did something."
  namespace           = "shop/audit"
  metric_name         = "RootUse"
  statistic           = "Sum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = ["arn:aws:sns:::shop-prod-security"]
}
