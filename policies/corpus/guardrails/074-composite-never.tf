# The composite alarm about the perimeter can never go off.
# Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
# Warns: the approvers decide
# Fault at: aws_cloudwatch_composite_alarm.composite_never_fault
# Near miss at: aws_cloudwatch_composite_alarm.composite_never_near

resource "aws_cloudwatch_composite_alarm" "composite_never_fault" {
  alarm_name        = "shop-prod-orders-perimeter"
  alarm_description = "Somebody is inside."
  alarm_rule        = "FALSE AND (ALARM(\"shop-prod-root-login\") OR ALARM(\"shop-prod-trail-changes\"))"
  alarm_actions     = ["arn:aws:sns:::shop-prod-security"]
}

resource "aws_cloudwatch_composite_alarm" "composite_never_near" {
  alarm_name        = "shop-prod-billing-perimeter"
  alarm_description = "Somebody is inside."
  alarm_rule        = "ALARM(\"shop-prod-root-login\") OR ALARM(\"shop-prod-trail-changes\") OR ALARM(\"shop-prod-key-disabled\")"
  alarm_actions     = ["arn:aws:sns:::shop-prod-security"]
}
