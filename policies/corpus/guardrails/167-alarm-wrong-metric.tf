# The alarm about the root user watches a metric that nobody writes.
# Source: CloudWatch.1, CIS 4.3
# Warns: the approvers decide
# Fault at: aws_cloudwatch_metric_alarm.alarm_wrong_metric_fault
# Near miss at: aws_cloudwatch_metric_alarm.alarm_wrong_metric_near

resource "aws_cloudwatch_metric_alarm" "alarm_wrong_metric_fault" {
  alarm_name          = "shop-prod-orders-root-signin"
  alarm_description   = "The root user signed in."
  namespace           = "shop/Audit"
  metric_name         = "RootLogin"
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = ["arn:aws:sns:::shop-prod-security"]
}

resource "aws_cloudwatch_metric_alarm" "alarm_wrong_metric_near" {
  alarm_name          = "shop-prod-billing-root-signin"
  alarm_description   = "The root user signed in."
  namespace           = "shop/audit"
  metric_name         = "RootLogin"
  statistic           = "Maximum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = ["arn:aws:sns:::shop-prod-security"]
}
