# The composite alarm stays quiet for ever because the alarm that quiets it is always on.
# Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm_Suppression.html
# Fault at: aws_cloudwatch_composite_alarm.composite_suppressed_fault
# Near miss at: aws_cloudwatch_composite_alarm.composite_suppressed_near

resource "aws_cloudwatch_composite_alarm" "composite_suppressed_fault" {
  alarm_name        = "shop-prod-orders-quiet"
  alarm_description = "Somebody is inside."
  alarm_rule        = "ALARM(\"shop-prod-root-login\")"
  alarm_actions     = ["arn:aws:sns:::shop-prod-security"]
  actions_suppressor {
    alarm            = aws_cloudwatch_metric_alarm.composite_suppressed_fault_window.alarm_name
    extension_period = 60
    wait_period      = 60
  }
}

resource "aws_cloudwatch_composite_alarm" "composite_suppressed_near" {
  alarm_name        = "shop-prod-billing-quiet"
  alarm_description = "Somebody is inside."
  alarm_rule        = "ALARM(\"shop-prod-root-login\")"
  alarm_actions     = ["arn:aws:sns:::shop-prod-security"]
  actions_suppressor {
    alarm            = aws_cloudwatch_metric_alarm.composite_suppressed_near_window.alarm_name
    extension_period = 60
    wait_period      = 60
  }
}

resource "aws_cloudwatch_metric_alarm" "composite_suppressed_fault_window" {
  alarm_name          = "shop-prod-orders-window"
  namespace           = "shop/audit"
  metric_name         = "Window"
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 0
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "breaching"
  alarm_actions       = ["arn:aws:sns:::shop-prod-security"]
}
resource "aws_cloudwatch_metric_alarm" "composite_suppressed_near_window" {
  alarm_name          = "shop-prod-billing-window"
  namespace           = "shop/audit"
  metric_name         = "Window"
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = ["arn:aws:sns:::shop-prod-security"]
}
