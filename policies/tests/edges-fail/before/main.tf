resource "aws_cloudwatch_event_archive" "later" {
  name             = "shop-prod-later"
  event_source_arn = "arn:aws:events:::event-bus/shop"
  retention_days   = 365
}

resource "aws_cloudwatch_event_rule" "still_off" {
  name                = "shop-prod-still-off"
  description         = "before"
  schedule_expression = "rate(1 day)"
  state               = "DISABLED"
}

resource "aws_wafv2_web_acl" "one_more" {
  name  = "shop-prod-one-more"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  rule {
    name     = "first"
    priority = 1
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
      metric_name                = "first"
      sampled_requests_enabled   = true
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "shop"
    sampled_requests_enabled   = true
  }
}

resource "aws_organizations_policy" "allows_less" {
  name    = "shop-prod-allows-less"
  content = jsonencode({ Version = "2012-10-17", Statement = [local.keep, { Effect = "Allow", Action = "s3:*", Resource = "*" }] })
}

resource "aws_organizations_policy" "by_region" {
  name    = "shop-prod-by-region"
  content = jsonencode({ Version = "2012-10-17", Statement = [local.keep] })
}

locals {
  keep = { Effect = "Deny", Action = "cloudtrail:StopLogging", Resource = "*" }
}

resource "aws_msk_cluster" "never_logged" {
  cluster_name           = "shop-prod-never-logged"
  kafka_version          = "3.7.x"
  number_of_broker_nodes = 3
  enhanced_monitoring    = "DEFAULT"
  broker_node_group_info {
    instance_type   = "kafka.m7g.large"
    client_subnets  = ["subnet-1", "subnet-2", "subnet-3"]
    security_groups = ["sg-1"]
  }
}
