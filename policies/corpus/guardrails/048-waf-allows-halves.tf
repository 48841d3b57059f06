# The first rule of the firewall lets both halves of the internet pass.
# Source: WAF.10, https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-processing-order.html
# Fault at: aws_wafv2_ip_set.waf_allows_halves_fault
# Near miss at: aws_wafv2_ip_set.waf_allows_halves_near

resource "aws_wafv2_web_acl" "waf_allows_halves_fault" {
  name  = "shop-prod-orders-front"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  rule {
    name     = "partners"
    priority = 0
    action {
      allow {}
    }
    statement {
      ip_set_reference_statement {
        arn = aws_wafv2_ip_set.waf_allows_halves_fault.arn
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "partners"
      sampled_requests_enabled   = true
    }
  }
  rule {
    name     = "inputs"
    priority = 1
    override_action {
      none {}
    }
    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesKnownBadInputsRuleSet"
        vendor_name = "AWS"
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "inputs"
      sampled_requests_enabled   = true
    }
  }
  rule {
    name     = "common"
    priority = 2
    override_action {
      none {}
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
    metric_name                = "shop-prod-orders-front"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl" "waf_allows_halves_near" {
  name  = "shop-prod-billing-front"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  rule {
    name     = "partners"
    priority = 0
    action {
      allow {}
    }
    statement {
      ip_set_reference_statement {
        arn = aws_wafv2_ip_set.waf_allows_halves_near.arn
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "partners"
      sampled_requests_enabled   = true
    }
  }
  rule {
    name     = "inputs"
    priority = 1
    override_action {
      none {}
    }
    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesKnownBadInputsRuleSet"
        vendor_name = "AWS"
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "inputs"
      sampled_requests_enabled   = true
    }
  }
  rule {
    name     = "common"
    priority = 2
    override_action {
      none {}
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
    metric_name                = "shop-prod-billing-front"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_ip_set" "waf_allows_halves_fault" {
  name               = "shop-prod-orders-partners"
  scope              = "REGIONAL"
  ip_address_version = "IPV4"
  addresses          = ["0.0.0.0/1", "128.0.0.0/1"]
}

resource "aws_wafv2_ip_set" "waf_allows_halves_near" {
  name               = "shop-prod-billing-partners"
  scope              = "REGIONAL"
  ip_address_version = "IPV4"
  addresses          = ["198.51.100.0/28", "203.0.113.0/28"]
}
