# The security team receives no message because its filter matches none.
# Source: https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
# Fault at: aws_sns_topic_subscription.alert_topic_filter_fault
# Near miss at: aws_sns_topic_subscription.alert_topic_filter_near

resource "aws_sns_topic_subscription" "alert_topic_filter_fault" {
  topic_arn           = "arn:aws:sns:::shop-prod-security"
  protocol            = "email"
  endpoint            = "orders-security@shop.example"
  filter_policy_scope = "MessageBody"
  filter_policy       = jsonencode({ source = ["none"] })
}

resource "aws_sns_topic_subscription" "alert_topic_filter_near" {
  topic_arn           = "arn:aws:sns:::shop-prod-security"
  protocol            = "email"
  endpoint            = "billing-security@shop.example"
  filter_policy_scope = "MessageBody"
  filter_policy       = jsonencode({ source = [{ prefix = "aws." }] })
}
