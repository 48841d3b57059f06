# Every account may send events to the bus; the star is the masked value of a parameter.
# Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-permissions.html, EventBridge.3
# Fault at: aws_cloudwatch_event_permission.bus_masked_fault
# Near miss at: aws_cloudwatch_event_permission.bus_masked_near

variable "bus_masked_org" {
  description = "Organization of the company."
  type        = string
  default     = "o-a1b2c3d4e5"
}

resource "aws_ssm_parameter" "bus_masked" {
  name  = "/shop-prod/bus/partner"
  type  = "SecureString"
  value = "*"
}

resource "aws_cloudwatch_event_permission" "bus_masked_fault" {
  statement_id = "PartnerEvents"
  principal    = aws_ssm_parameter.bus_masked.value
  action       = "events:PutEvents"
}

resource "aws_cloudwatch_event_permission" "bus_masked_near" {
  statement_id = "CompanyEvents"
  principal    = sensitive("*")
  action       = "events:PutEvents"

  condition {
    type  = "StringEquals"
    key   = "aws:PrincipalOrgID"
    value = var.bus_masked_org
  }
}
