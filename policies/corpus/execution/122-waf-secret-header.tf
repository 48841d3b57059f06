# A firewall rule contains the secret header of the distribution.
# Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/restrict-access-to-load-balancer.html
# Fault at: aws_wafv2_rule_group.secwaf_fault
# Near miss at: aws_wafv2_rule_group.secwaf_near

resource "aws_wafv2_rule_group" "secwaf_fault" {
  name     = "shop-prod-secwaf-fault"
  scope    = "REGIONAL"
  capacity = 10

  rule {
    name     = "header"
    priority = 1

    action {
      allow {}
    }

    statement {
      byte_match_statement {
        search_string         = "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"
        positional_constraint = "EXACTLY"

        field_to_match {
          single_header {
            name = "x-origin-verify"
          }
        }

        text_transformation {
          priority = 0
          type     = "NONE"
        }
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "header"
      sampled_requests_enabled   = true
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "group"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_rule_group" "secwaf_near" {
  name     = "shop-prod-secwaf-near"
  scope    = "REGIONAL"
  capacity = 10

  rule {
    name     = "tokens"
    priority = 1

    action {
      block {}
    }

    statement {
      byte_match_statement {
        search_string         = "access_token="
        positional_constraint = "CONTAINS"

        field_to_match {
          query_string {}
        }

        text_transformation {
          priority = 0
          type     = "NONE"
        }
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "tokens"
      sampled_requests_enabled   = true
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "group"
    sampled_requests_enabled   = true
  }
}
