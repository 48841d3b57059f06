# The alarm about stopped trails only tells when everything is fine again.
# Source: CloudWatch.15
# Warns: the approvers decide
# Fault at: aws_cloudwatch_metric_alarm.alarm_tells_when_over_fault
# Near miss at: aws_cloudwatch_metric_alarm.alarm_tells_when_over_near

resource "aws_cloudwatch_metric_alarm" "alarm_tells_when_over_fault" {
  alarm_name          = "shop-prod-orders-trail-changes"
  alarm_description   = "A trail was stopped or deleted."
  namespace           = "shop/audit"
  metric_name         = "TrailChanges"
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  actions_enabled     = true
  ok_actions          = ["arn:aws:sns:::shop-prod-security"]
}

resource "aws_cloudwatch_metric_alarm" "alarm_tells_when_over_near" {
  alarm_name          = "shop-prod-billing-trail-changes"
  alarm_description   = "A trail was stopped or deleted."
  namespace           = "shop/audit"
  metric_name         = "TrailChanges"
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  actions_enabled     = true
  alarm_actions       = ["arn:aws:sns:::shop-prod-security", "arn:aws:sns:::shop-prod-oncall"]
}
