# What is missing beside a resource of production, and sizes that do not fit there.

resource "aws_vpc" "alone" {
  cidr_block         = "10.0.0.0/16"
  enable_dns_support = false
}

resource "aws_vpc_endpoint" "alone" {
  for_each     = toset(["s3", "dynamodb"])
  vpc_id       = aws_vpc.alone.id
  service_name = "com.amazonaws.${var.region}.${each.key}"
}

resource "aws_subnet" "a" {
  for_each          = { one = "10.0.0.0/24", two = "10.0.1.0/24" }
  vpc_id            = aws_vpc.alone.id
  cidr_block        = each.value
  availability_zone = "${var.region}a"
}

resource "aws_nat_gateway" "only" {
  subnet_id     = aws_subnet.a["one"].id
  allocation_id = "eipalloc-1"
}

resource "aws_lb" "one_zone" {
  name                       = "shop-prod-one-zone"
  internal                   = false
  subnets                    = [aws_subnet.a["one"].id, aws_subnet.a["two"].id]
  enable_deletion_protection = true
  drop_invalid_header_fields = true
  access_logs {
    bucket  = "shop-prod-logs"
    enabled = true
  }
}

resource "aws_ecs_service" "still" {
  name                               = "shop-prod-still"
  cluster                            = "shop-prod"
  task_definition                    = "shop-prod-still:1"
  launch_type                        = "EC2"
  desired_count                      = 1
  deployment_minimum_healthy_percent = 0
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  load_balancer {
    target_group_arn = "arn:aws:elasticloadbalancing:${var.region}:123456789012:targetgroup/shop/1"
    container_name   = "still"
    container_port   = 8443
  }
}

resource "aws_ecr_repository" "hoard" {
  name                 = "shop-prod-hoard"
  image_tag_mutability = "IMMUTABLE"
  image_scanning_configuration {
    scan_on_push = true
  }
  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = "arn:aws:kms:${var.region}:123456789012:key/1"
  }
}

resource "aws_db_instance" "small" {
  identifier                  = "shop-prod-small"
  allocated_storage           = 20
  engine                      = "postgres"
  instance_class              = "db.t3.micro"
  username                    = "orders"
  manage_master_user_password = true
  storage_encrypted           = true
  deletion_protection         = true
  backup_retention_period     = 7
  multi_az                    = true
}

resource "aws_acm_certificate" "mail" {
  domain_name       = "shop.example.com"
  validation_method = "EMAIL"
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudwatch_log_group" "short" {
  name              = "/shop/prod/short"
  retention_in_days = 14
  kms_key_id        = "arn:aws:kms:${var.region}:123456789012:key/1"
}

module "near" {
  source = "./near"
}

resource "aws_flow_log" "other" {
  vpc_id               = "vpc-1"
  traffic_type         = "ALL"
  log_destination      = "arn:aws:s3:::shop-prod-flow"
  log_destination_type = "s3"
}

# What these let through, nobody can read later.
resource "aws_networkfirewall_firewall" "silent" {
  name                = "shop-prod-firewall"
  firewall_policy_arn = "arn:aws:network-firewall:${var.region}:123456789012:firewall-policy/shop"
  vpc_id              = "vpc-1"

  subnet_mapping {
    subnet_id = "subnet-1"
  }
}

resource "aws_route53_zone" "silent" {
  name = "silent.example.org"
}

resource "aws_wafv2_web_acl" "silent" {
  name  = "shop-prod-silent"
  scope = "REGIONAL"

  default_action {
    allow {}
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "silent"
    sampled_requests_enabled   = true
  }
}
