# The subscription of the security tool receives no log entry any more.
# Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
# Fault at: aws_cloudwatch_log_subscription_filter.subscription_matches_nothing_fault
# Near miss at: aws_cloudwatch_log_subscription_filter.subscription_matches_nothing_near

resource "aws_cloudwatch_log_subscription_filter" "subscription_matches_nothing_fault" {
  name            = "shop-prod-orders-siem"
  log_group_name  = "shop-prod-trail"
  destination_arn = "arn:aws:firehose:::deliverystream/shop-prod-siem"
  role_arn        = "arn:aws:iam:::role/shop-prod-siem"
  filter_pattern  = "{ $.eventSource = \"\" }"
}

resource "aws_cloudwatch_log_subscription_filter" "subscription_matches_nothing_near" {
  name            = "shop-prod-billing-siem"
  log_group_name  = "shop-prod-trail"
  destination_arn = "arn:aws:firehose:::deliverystream/shop-prod-siem"
  role_arn        = "arn:aws:iam:::role/shop-prod-siem"
  filter_pattern  = ""
}
