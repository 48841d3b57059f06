# The firewall's only rules are overridden to count, so it blocks nothing.
# Source: WAF.10, https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-rule-group-override-options.html
# Fault at: aws_wafv2_web_acl.count_fault
# Near miss at: aws_wafv2_web_acl.count_near

resource "aws_cloudwatch_log_group" "waf" {
  name              = "aws-waf-logs-shop-prod"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.work.arn
}

resource "aws_wafv2_web_acl" "count_fault" {
  name  = "shop-prod-waf-count"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  rule {
    name     = "common"
    priority = 1
    override_action {
      count {}
    }
    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesCommonRuleSet"
        vendor_name = "AWS"

      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "common"
      sampled_requests_enabled   = true
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "count_fault"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl_logging_configuration" "count_fault" {
  resource_arn            = aws_wafv2_web_acl.count_fault.arn
  log_destination_configs = [aws_cloudwatch_log_group.waf.arn]
}

# One rule which hurts uploads counts; all the others block.
resource "aws_wafv2_web_acl" "count_near" {
  name  = "shop-prod-waf"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  rule {
    name     = "common"
    priority = 1
    override_action {
      none {}
    }
    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesCommonRuleSet"
        vendor_name = "AWS"
        rule_action_override {
          name = "SizeRestrictions_BODY"
          action_to_use {
            count {}
          }
        }
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "common"
      sampled_requests_enabled   = true
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "count_near"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl_logging_configuration" "count_near" {
  resource_arn            = aws_wafv2_web_acl.count_near.arn
  log_destination_configs = [aws_cloudwatch_log_group.waf.arn]
}
