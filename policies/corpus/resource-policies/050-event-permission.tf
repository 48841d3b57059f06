# Every AWS account can put events on the default bus.
# Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html, EventBridge.3
# Fault at: aws_cloudwatch_event_permission.bus_fault
# Near miss at: aws_cloudwatch_event_permission.bus_near

resource "aws_cloudwatch_event_permission" "bus_fault" {
  statement_id = "everyone"
  principal    = "*"
}

resource "aws_cloudwatch_event_permission" "bus_near" {
  statement_id = "organization"
  principal    = "*"

  condition {
    key   = "aws:PrincipalOrgID"
    type  = "StringEquals"
    value = var.org_id
  }
}
