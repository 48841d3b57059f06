# A device can take the identity of every other device and read every topic.
# Source: https://docs.aws.amazon.com/iot/latest/developerguide/audit-chk-iot-policy-permissive.html
# Fault at: aws_iot_policy.iot_fault
# Near miss at: aws_iot_policy.iot_near

resource "aws_iot_policy" "iot_fault" {
  name = "shop-prod-scanner-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "iot:Connect", Resource = "arn:aws:iot:${var.region}:${var.account_id}:client/*" },
      { Effect = "Allow", Action = ["iot:Publish", "iot:Receive", "iot:RetainPublish"], Resource = "arn:aws:iot:${var.region}:${var.account_id}:topic/*" },
      { Effect = "Allow", Action = "iot:Subscribe", Resource = "arn:aws:iot:${var.region}:${var.account_id}:topicfilter/#" },
    ]
  })
}

resource "aws_iot_policy" "iot_near" {
  name = "shop-prod-scanner-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "iot:Connect", Resource = "arn:aws:iot:${var.region}:${var.account_id}:client/$${iot:Connection.Thing.ThingName}", Condition = { Bool = { "iot:Connection.Thing.IsAttached" = "true" } } },
      { Effect = "Allow", Action = ["iot:Publish", "iot:Receive"], Resource = "arn:aws:iot:${var.region}:${var.account_id}:topic/shop/$${iot:Connection.Thing.ThingName}/*" },
      { Effect = "Allow", Action = "iot:Subscribe", Resource = "arn:aws:iot:${var.region}:${var.account_id}:topicfilter/shop/$${iot:Connection.Thing.ThingName}/*" },
    ]
  })
}
