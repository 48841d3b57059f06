# The alarm about the root user no longer tells anybody.
# Source: CloudWatch.17, CKV_AWS_319
# Fault at: aws_cloudwatch_metric_alarm.alarm_muted_fault
# Near miss at: aws_cloudwatch_metric_alarm.alarm_muted_near

resource "aws_cloudwatch_metric_alarm" "alarm_muted_fault" {
  alarm_name          = "shop-prod-orders-root-login"
  alarm_description   = "The root user signed in."
  namespace           = "shop/audit"
  metric_name         = "RootLogin"
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  actions_enabled     = false
  alarm_actions       = ["arn:aws:sns:::shop-prod-security"]
}

resource "aws_cloudwatch_metric_alarm" "alarm_muted_near" {
  alarm_name          = "shop-prod-billing-root-login"
  alarm_description   = "The root user signed in."
  namespace           = "shop/audit"
  metric_name         = "RootLogin"
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  actions_enabled     = null
  alarm_actions       = ["arn:aws:sns:::shop-prod-security"]
  ok_actions          = ["arn:aws:sns:::shop-prod-security"]
}
