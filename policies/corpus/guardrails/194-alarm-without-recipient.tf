# The alarm about the root user has an empty list of recipients.
# Source: CloudWatch.15, CKV_AWS_319
# Warns: the approvers decide
# Fault at: aws_cloudwatch_metric_alarm.alarm_without_recipient_fault
# Near miss at: aws_cloudwatch_metric_alarm.alarm_without_recipient_near

resource "aws_cloudwatch_metric_alarm" "alarm_without_recipient_fault" {
  alarm_name          = "shop-prod-orders-root-silent"
  alarm_description   = "The root user signed in."
  namespace           = "shop/audit"
  metric_name         = "RootLogin"
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  actions_enabled     = true
  alarm_actions       = [for topic in ["arn:aws:sns:::shop-prod-security"] : topic if topic == ""]
  ok_actions          = ["arn:aws:sns:::shop-prod-security"]
}

resource "aws_cloudwatch_metric_alarm" "alarm_without_recipient_near" {
  alarm_name          = "shop-prod-billing-root-silent"
  alarm_description   = "The root user signed in."
  namespace           = "shop/audit"
  metric_name         = "RootLogin"
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  actions_enabled     = true
  alarm_actions       = ["arn:aws:sns:::shop-prod-security"]
  ok_actions          = []
}
