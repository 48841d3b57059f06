# An alarm about refused calls is made that tells nobody.
# Source: CloudWatch.17, https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm.html
# Fault at: aws_cloudwatch_metric_alarm.alarm_child_quiet_fault
# Near miss at: aws_cloudwatch_metric_alarm.alarm_child_quiet_near

resource "aws_cloudwatch_metric_alarm" "alarm_child_quiet_fault" {
  alarm_name          = "shop-prod-orders-refused"
  alarm_description   = "Calls were refused."
  namespace           = "shop/audit"
  metric_name         = "Refused"
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 10
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  actions_enabled     = false
  alarm_actions       = ["arn:aws:sns:::shop-prod-security"]
}

resource "aws_cloudwatch_metric_alarm" "alarm_child_quiet_near" {
  alarm_name          = "shop-prod-billing-refused"
  alarm_description   = "Calls were refused."
  namespace           = "shop/audit"
  metric_name         = "Refused"
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 10
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  actions_enabled     = true
  alarm_actions       = []
}

# The composite alarm tells people; its parts stay quiet on purpose.
resource "aws_cloudwatch_composite_alarm" "alarm_child_quiet_parent" {
  alarm_name        = "shop-prod-billing-refused-often"
  alarm_description = "Calls were refused while nobody deployed."
  alarm_rule        = "ALARM(\"${aws_cloudwatch_metric_alarm.alarm_child_quiet_near.alarm_name}\")"
  alarm_actions     = ["arn:aws:sns:::shop-prod-security"]
}
