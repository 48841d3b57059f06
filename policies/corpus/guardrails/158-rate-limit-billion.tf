# The rate limit of the sign-in page grows to two billion.
# Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html
# Fault at: aws_wafv2_rule_group.rate_limit_billion_fault
# Near miss at: aws_wafv2_rule_group.rate_limit_billion_near

resource "aws_wafv2_rule_group" "rate_limit_billion_fault" {
  name     = "shop-prod-orders"
  scope    = "REGIONAL"
  capacity = 50
  rule {
    name     = "sign-in"
    priority = 1
    action {
      block {}
    }
    statement {
      rate_based_statement {
        limit                 = 2000000000
        aggregate_key_type    = "IP"
        evaluation_window_sec = 60
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "sign-in"
      sampled_requests_enabled   = true
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "shop-prod-orders"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_rule_group" "rate_limit_billion_near" {
  name     = "shop-prod-billing"
  scope    = "REGIONAL"
  capacity = 50
  rule {
    name     = "sign-in"
    priority = 1
    action {
      block {}
    }
    statement {
      rate_based_statement {
        limit                 = 120
        aggregate_key_type    = "IP"
        evaluation_window_sec = 300
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "sign-in"
      sampled_requests_enabled   = true
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "shop-prod-billing"
    sampled_requests_enabled   = true
  }
}
