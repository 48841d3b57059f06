# Every AWS account may put events on the shop's bus.
# Source: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html
# Fault at: aws_cloudwatch_event_permission.bus_fault
# Near miss at: aws_cloudwatch_event_permission.bus_near

resource "aws_cloudwatch_event_bus" "orders" {
  name = "shop-prod-orders"
}

resource "aws_cloudwatch_event_permission" "bus_fault" {
  event_bus_name = aws_cloudwatch_event_bus.orders.name
  principal      = "*"
  statement_id   = "partners"
}

resource "aws_cloudwatch_event_permission" "bus_near" {
  event_bus_name = aws_cloudwatch_event_bus.orders.name
  principal      = "*"
  statement_id   = "organisation"

  condition {
    key   = "aws:PrincipalOrgID"
    type  = "StringEquals"
    value = "o-a1b2c3d4e5"
  }
}
