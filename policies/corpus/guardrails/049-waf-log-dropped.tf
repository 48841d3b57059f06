# The firewall logs nothing because its filter drops every request.
# Source: WAF.1, CKV2_AWS_31
# Fault at: aws_wafv2_web_acl_logging_configuration.waf_log_dropped_fault
# Near miss at: aws_wafv2_web_acl_logging_configuration.waf_log_dropped_near

resource "aws_wafv2_web_acl_logging_configuration" "waf_log_dropped_fault" {
  resource_arn            = "arn:aws:wafv2:::regional/webacl/shop-prod-orders/11111111-2222-3333-4444-555555555555"
  log_destination_configs = ["arn:aws:s3:::aws-waf-logs-shop-prod"]
  logging_filter {
    default_behavior = "DROP"
    filter {
      behavior    = "DROP"
      requirement = "MEETS_ANY"
      condition {
        action_condition {
          action = "BLOCK"
        }
      }
      condition {
        action_condition {
          action = "COUNT"
        }
      }
    }
  }
}

resource "aws_wafv2_web_acl_logging_configuration" "waf_log_dropped_near" {
  resource_arn            = "arn:aws:wafv2:::regional/webacl/shop-prod-billing/11111111-2222-3333-4444-555555555555"
  log_destination_configs = ["arn:aws:s3:::aws-waf-logs-shop-prod"]
  logging_filter {
    default_behavior = "DROP"
    filter {
      behavior    = "KEEP"
      requirement = "MEETS_ANY"
      condition {
        action_condition {
          action = "BLOCK"
        }
      }
      condition {
        action_condition {
          action = "COUNT"
        }
      }
    }
  }
}
