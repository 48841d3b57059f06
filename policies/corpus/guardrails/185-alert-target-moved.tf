# Findings of GuardDuty go to a queue of the developers instead of the security team.
# Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html
# Fault at: aws_cloudwatch_event_target.alert_target_moved_fault
# Near miss at: aws_cloudwatch_event_target.alert_target_moved_near

resource "aws_cloudwatch_event_target" "alert_target_moved_fault" {
  rule      = "shop-prod-orders-findings"
  target_id = "security"
  arn       = "arn:aws:sqs:::shop-prod-sandbox-scratch"
}

resource "aws_cloudwatch_event_target" "alert_target_moved_near" {
  rule      = "shop-prod-billing-findings"
  target_id = "security"
  arn       = "arn:aws:sns:::shop-prod-security"
  retry_policy {
    maximum_event_age_in_seconds = 3600
    maximum_retry_attempts       = 10
  }
}
