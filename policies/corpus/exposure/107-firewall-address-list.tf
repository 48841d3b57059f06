# The address list of the staff in the web firewall contains both halves of the internet.
# Source: https://docs.aws.amazon.com/waf/latest/APIReference/API_IPSet.html
# Fault at: aws_wafv2_ip_set.staff_fault
# Near miss at: aws_wafv2_ip_set.staff_near

resource "aws_wafv2_ip_set" "staff_fault" {
  name               = "shop-prod-staff"
  scope              = "REGIONAL"
  ip_address_version = "IPV4"
  addresses          = ["203.0.113.16/28", "0.0.0.0/1", "128.0.0.0/1"]
}

resource "aws_wafv2_ip_set" "staff_near" {
  name               = "shop-prod-offices"
  scope              = "REGIONAL"
  ip_address_version = "IPV4"
  addresses          = ["203.0.113.16/28", "198.51.100.0/24"]
}

resource "aws_wafv2_web_acl" "backoffice" {
  name  = "shop-prod-backoffice"
  scope = "REGIONAL"

  default_action {
    block {}
  }

  dynamic "rule" {
    for_each = { staff = aws_wafv2_ip_set.staff_fault.arn, offices = aws_wafv2_ip_set.staff_near.arn }
    content {
      name     = rule.key
      priority = rule.key == "staff" ? 1 : 2

      action {
        allow {}
      }

      statement {
        ip_set_reference_statement {
          arn = rule.value
        }
      }

      visibility_config {
        cloudwatch_metrics_enabled = true
        metric_name                = rule.key
        sampled_requests_enabled   = true
      }
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "backoffice"
    sampled_requests_enabled   = true
  }
}
