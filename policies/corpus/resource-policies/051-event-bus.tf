# A foreign account can make rules and targets on our bus and so read every event.
# Source: EventBridge.3, https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html
# Fault at: aws_cloudwatch_event_bus_policy.event_bus_fault
# Near miss at: aws_cloudwatch_event_bus_policy.event_bus_near

resource "aws_cloudwatch_event_bus_policy" "event_bus_fault" {
  event_bus_name = "shop-prod-orders-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::999988887777:root" }
        Action    = ["events:PutRule", "events:PutTargets", "events:DescribeRule"]
        Resource  = "arn:aws:events:${var.region}:${var.account_id}:event-bus/shop-prod-orders-a"
        Condition = { StringEqualsIfExists = { "events:creatorAccount" = "$${aws:PrincipalAccount}" } }
      }
    ]
  })
}

resource "aws_cloudwatch_event_bus_policy" "event_bus_near" {
  event_bus_name = "shop-prod-orders-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = "events:PutEvents"
        Resource  = "arn:aws:events:${var.region}:${var.account_id}:event-bus/shop-prod-orders-b"
        Condition = {
          StringEquals = { "aws:PrincipalOrgID" = var.org_id, "events:source" = "com.example.shop" }
        }
      }
    ]
  })
}
