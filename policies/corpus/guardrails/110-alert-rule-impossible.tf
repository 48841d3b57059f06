# The rule forwards only findings whose severity does not exist.
# Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns-content-based-filtering.html
# Fault at: aws_cloudwatch_event_rule.alert_rule_impossible_fault
# Near miss at: aws_cloudwatch_event_rule.alert_rule_impossible_near

resource "aws_cloudwatch_event_rule" "alert_rule_impossible_fault" {
  name        = "shop-prod-orders-severe"
  description = "Forwards severe findings of GuardDuty."
  state       = "ENABLED"
  event_pattern = jsonencode({
    source      = ["aws.guardduty"]
    detail-type = ["GuardDuty Finding"]
    detail      = { severity = [{ numeric = [">=", 11] }] }
  })
}

resource "aws_cloudwatch_event_rule" "alert_rule_impossible_near" {
  name        = "shop-prod-billing-severe"
  description = "Forwards severe findings of GuardDuty."
  state       = "ENABLED"
  event_pattern = jsonencode({
    source      = ["aws.guardduty"]
    detail-type = ["GuardDuty Finding"]
    detail      = { severity = [{ numeric = [">=", 4] }] }
  })
}
