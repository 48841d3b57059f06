# The alarm about the root user needs a whole day of sign-ins without a pause.
# Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
# Warns: the approvers decide
# Fault at: aws_cloudwatch_metric_alarm.alarm_never_often_enough_fault
# Near miss at: aws_cloudwatch_metric_alarm.alarm_never_often_enough_near

resource "aws_cloudwatch_metric_alarm" "alarm_never_often_enough_fault" {
  alarm_name          = "shop-prod-orders-root-day"
  alarm_description   = "The root user signed in."
  namespace           = "shop/audit"
  metric_name         = "RootLogin"
  statistic           = "Minimum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 288
  datapoints_to_alarm = 288
  treat_missing_data  = "notBreaching"
  alarm_actions       = ["arn:aws:sns:::shop-prod-security"]
}

resource "aws_cloudwatch_metric_alarm" "alarm_never_often_enough_near" {
  alarm_name          = "shop-prod-billing-root-day"
  alarm_description   = "The root user signed in."
  namespace           = "shop/audit"
  metric_name         = "RootLogin"
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 3
  datapoints_to_alarm = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = ["arn:aws:sns:::shop-prod-security"]
}
