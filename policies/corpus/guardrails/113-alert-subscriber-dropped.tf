# The list of people who are told about findings loses the security team.
# Source: CloudWatch.15, https://docs.aws.amazon.com/sns/latest/dg/sns-create-subscribe-endpoint-to-topic.html
# Fault at: aws_sns_topic_subscription.alert_subscriber_dropped["security@shop.example"]
# Near miss at: aws_sns_topic_subscription.alert_subscriber_dropped_near["security@shop.example"]

resource "aws_sns_topic_subscription" "alert_subscriber_dropped" {
  for_each  = toset(["platform@shop.example"])
  topic_arn = "arn:aws:sns:::shop-prod-security"
  protocol  = "email"
  endpoint  = each.value
}
resource "aws_sns_topic_subscription" "alert_subscriber_dropped_near" {
  for_each  = toset(["platform@shop.example", "security@shop.example"])
  topic_arn = "arn:aws:sns:::shop-prod-oncall"
  protocol  = "email"
  endpoint  = each.value
}
