# Near misses: everything is beside them.

resource "aws_vpc" "complete" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_vpc_endpoint" "complete" {
  for_each     = toset(["s3", "dynamodb"])
  vpc_id       = aws_vpc.complete.id
  service_name = "com.amazonaws.${var.region}.${each.key}"
}

resource "aws_flow_log" "complete" {
  vpc_id          = aws_vpc.complete.id
  traffic_type    = "ALL"
  log_destination = "arn:aws:logs:${var.region}:${var.account}:log-group:flow"
  iam_role_arn    = "arn:aws:iam::${var.account}:role/flow"
}

resource "aws_subnet" "zones" {
  for_each          = { a = "10.0.0.0/24", b = "10.0.1.0/24" }
  vpc_id            = aws_vpc.complete.id
  cidr_block        = each.value
  availability_zone = "${var.region}${each.key}"
}

resource "aws_nat_gateway" "zones" {
  for_each      = { a = "eipalloc-1", b = "eipalloc-2" }
  subnet_id     = aws_subnet.zones[each.key].id
  allocation_id = each.value
}

resource "aws_lb" "zones" {
  name                       = "shop-prod-zones"
  internal                   = false
  subnets                    = [for s in aws_subnet.zones : s.id]
  enable_deletion_protection = true
  drop_invalid_header_fields = true
  access_logs {
    bucket  = "shop-prod-logs"
    enabled = true
  }
}

resource "aws_wafv2_web_acl_association" "zones" {
  resource_arn = aws_lb.zones.arn
  web_acl_arn  = "arn:aws:wafv2:${var.region}:${var.account}:regional/webacl/shop/1"
}

# An internal load balancer, and one of the network, need no firewall.
resource "aws_lb" "internal" {
  name                       = "shop-prod-internal"
  internal                   = true
  subnets                    = [for s in aws_subnet.zones : s.id]
  enable_deletion_protection = true
  drop_invalid_header_fields = true
  access_logs {
    bucket  = "shop-prod-logs"
    enabled = true
  }
}

resource "aws_ecs_service" "scales" {
  name                              = "shop-prod-scales"
  cluster                           = "shop-prod"
  task_definition                   = "shop-prod-scales:1"
  launch_type                       = "FARGATE"
  desired_count                     = 2
  health_check_grace_period_seconds = 30
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  network_configuration {
    subnets          = [for s in aws_subnet.zones : s.id]
    assign_public_ip = false
  }
  load_balancer {
    target_group_arn = "arn:aws:elasticloadbalancing:${var.region}:${var.account}:targetgroup/shop/1"
    container_name   = "scales"
    container_port   = 8443
  }
}

resource "aws_appautoscaling_target" "scales" {
  service_namespace  = "ecs"
  resource_id        = "service/shop-prod/${aws_ecs_service.scales.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = 2
  max_capacity       = 8
}

resource "aws_ecr_repository" "tidy" {
  name                 = "shop-prod-tidy"
  image_tag_mutability = "IMMUTABLE"
  image_scanning_configuration {
    scan_on_push = true
  }
  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = "arn:aws:kms:${var.region}:${var.account}:key/1"
  }
}

resource "aws_ecr_lifecycle_policy" "tidy" {
  repository = aws_ecr_repository.tidy.name
  policy     = jsonencode({ rules = [] })
}

# 0 keeps logs for ever.
resource "aws_cloudwatch_log_group" "long" {
  name              = "/shop/prod/long"
  retention_in_days = 30
  kms_key_id        = "arn:aws:kms:${var.region}:${var.account}:key/1"
}

variable "account" {
  description = "Account that everything is in."
  type        = string
  default     = "123456789012"
}

# A flow log of the same module, which refers to its VPC through a local.
resource "aws_vpc" "behind" {
  cidr_block           = "10.2.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_vpc_endpoint" "behind" {
  for_each     = toset(["s3", "dynamodb"])
  vpc_id       = aws_vpc.behind.id
  service_name = "com.amazonaws.${var.region}.${each.key}"
}

locals {
  behind = aws_vpc.behind.id
}

resource "aws_flow_log" "behind" {
  vpc_id          = local.behind
  traffic_type    = "ALL"
  log_destination = "arn:aws:logs:${var.region}:${var.account}:log-group:flow"
  iam_role_arn    = "arn:aws:iam::${var.account}:role/flow"
}

# A load balancer of the network, which no web application firewall fits, in subnets of somebody else.
resource "aws_lb" "network" {
  name                       = "shop-prod-network"
  internal                   = false
  load_balancer_type         = "network"
  subnets                    = ["subnet-1", "subnet-2"]
  enable_deletion_protection = true
  access_logs {
    bucket  = "shop-prod-logs"
    enabled = true
  }
}

# A private zone has no query log of this kind.
resource "aws_route53_zone" "private" {
  name = "inside.example.org"

  vpc {
    vpc_id = "vpc-1"
  }
}

resource "aws_wafv2_web_acl" "recorded" {
  name  = "shop-prod-recorded"
  scope = "REGIONAL"

  default_action {
    allow {}
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "recorded"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl_logging_configuration" "recorded" {
  log_destination_configs = [aws_cloudwatch_log_group.waf.arn]
  resource_arn            = aws_wafv2_web_acl.recorded.arn
}

resource "aws_cloudwatch_log_group" "waf" {
  name              = "aws-waf-logs-shop"
  kms_key_id        = "alias/shop"
  retention_in_days = 30
}

# In the syntax before aws_redshift_logging.
resource "aws_redshift_cluster" "recorded" {
  cluster_identifier                  = "shop-prod-warehouse"
  node_type                           = "ra3.large"
  cluster_subnet_group_name           = "shop-prod"
  encrypted                           = true
  publicly_accessible                 = false
  enhanced_vpc_routing                = true
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "shop-prod-last"
  automated_snapshot_retention_period = 14
  manage_master_password              = true
  master_username                     = "shop"

  logging {
    enable               = true
    log_destination_type = "cloudwatch"
    log_exports          = ["connectionlog"]
  }
}

# Alarms for what is watched in production.
resource "aws_cloudwatch_metric_alarm" "service" {
  alarm_name          = "shop-prod-service"
  namespace           = "AWS/ECS"
  metric_name         = "CPUUtilization"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 80
  comparison_operator = "GreaterThanThreshold"
  dimensions          = { ServiceName = "shop-prod-scales" }
  alarm_actions       = ["arn:aws:sns:${var.region}:${var.account}:shop-prod-alarms"]
}

resource "aws_cloudwatch_metric_alarm" "internal" {
  alarm_name          = "shop-prod-internal"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_Target_5XX_Count"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 80
  comparison_operator = "GreaterThanThreshold"
  dimensions          = { LoadBalancer = aws_lb.internal.arn_suffix }
  alarm_actions       = ["arn:aws:sns:${var.region}:${var.account}:shop-prod-alarms"]
}

resource "aws_cloudwatch_metric_alarm" "network" {
  alarm_name          = "shop-prod-network"
  namespace           = "AWS/NetworkELB"
  metric_name         = "UnHealthyHostCount"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 80
  comparison_operator = "GreaterThanThreshold"
  dimensions          = { LoadBalancer = aws_lb.network.arn_suffix }
  alarm_actions       = ["arn:aws:sns:${var.region}:${var.account}:shop-prod-alarms"]
}

resource "aws_cloudwatch_metric_alarm" "zones" {
  alarm_name          = "shop-prod-zones"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_Target_5XX_Count"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 80
  comparison_operator = "GreaterThanThreshold"
  dimensions          = { LoadBalancer = local.balancer }
  alarm_actions       = ["arn:aws:sns:${var.region}:${var.account}:shop-prod-alarms"]
}

locals {
  balancer = aws_lb.zones.arn_suffix
}
