# The rule that forwards findings of GuardDuty is disabled.
# Source: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html
# Fault at: aws_cloudwatch_event_rule.alert_rule_disabled_fault
# Near miss at: aws_cloudwatch_event_rule.alert_rule_disabled_near

resource "aws_cloudwatch_event_rule" "alert_rule_disabled_fault" {
  name        = "shop-prod-orders-findings"
  description = "Forwards findings of GuardDuty."
  event_pattern = jsonencode({
    source      = ["aws.guardduty"]
    detail-type = ["GuardDuty Finding"]
  })
  state = "DISABLED"
}

resource "aws_cloudwatch_event_rule" "alert_rule_disabled_near" {
  name        = "shop-prod-billing-findings"
  description = "Forwards findings of GuardDuty."
  event_pattern = jsonencode({
    source      = ["aws.guardduty"]
    detail-type = ["GuardDuty Finding"]
  })
  state = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"
}
