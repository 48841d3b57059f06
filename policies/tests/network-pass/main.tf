# The network is in a module. References to it are resolved through the outputs of the module.
module "network" {
  source = "./network"
}

resource "aws_vpc_endpoint" "gateway" {
  for_each     = toset(["s3", "dynamodb"])
  vpc_id       = module.network.vpc_id
  service_name = "com.amazonaws.${var.region}.${each.key}"
}

resource "aws_internet_gateway" "this" {
  vpc_id = module.network.vpc_id
}

# This table routes traffic that arrives at the gateway. It has no route to the internet.
resource "aws_route_table" "private" {
  vpc_id = module.network.vpc_id
}

resource "aws_route_table_association" "edge" {
  gateway_id     = aws_internet_gateway.this.id
  route_table_id = aws_route_table.private.id
}

resource "aws_route_table_association" "private" {
  subnet_id      = module.network.private[0]
  route_table_id = aws_route_table.private.id
}

# The service name is only known after the apply, but the names of the blocks contain it.
resource "aws_vpc" "later" {
  cidr_block           = "10.1.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_flow_log" "later" {
  vpc_id               = aws_vpc.later.id
  log_destination      = "arn:aws:s3:::shop-prod-flow"
  log_destination_type = "s3"
  traffic_type         = "ALL"
}

resource "aws_vpc_endpoint" "later_s3" {
  vpc_id       = aws_vpc.later.id
  service_name = "com.amazonaws.${aws_vpc.later.id}"
}

resource "aws_vpc_endpoint" "later_dynamodb" {
  vpc_id       = aws_vpc.later.id
  service_name = "com.amazonaws.${aws_vpc.later.id}"
}

resource "aws_security_group" "front" {
  name   = "shop-prod-front"
  vpc_id = module.network.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "https" {
  security_group_id = aws_security_group.front.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_security_group_rule" "https_v6" {
  security_group_id = aws_security_group.front.id
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  ipv6_cidr_blocks  = ["::/0"]
}

resource "aws_security_group_rule" "out" {
  security_group_id = aws_security_group.front.id
  type              = "egress"
  protocol          = "tcp"
  from_port         = 0
  to_port           = 65535
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_lb" "front" {
  name            = "shop-prod-front"
  subnets         = [module.network.public]
  security_groups = [aws_security_group.front.id]

  drop_invalid_header_fields = true
  enable_deletion_protection = true

  access_logs {
    bucket  = "shop-prod-logs"
    enabled = true
  }
}

resource "aws_wafv2_web_acl_association" "front" {
  resource_arn = aws_lb.front.arn
  web_acl_arn  = var.web_acl
}

variable "web_acl" {
  description = "ARN of the firewall."
  type        = string
  default     = "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/shop/1"
}

# Behind the load balancer: ingress from its security group and from the network.
resource "aws_security_group" "service" {
  name   = "shop-prod-service"
  vpc_id = module.network.vpc_id

  ingress {
    from_port       = 8080
    to_port         = 8080
    protocol        = "tcp"
    security_groups = [aws_security_group.front.id]
  }

  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
}

resource "aws_db_subnet_group" "database" {
  name       = "shop-prod-database"
  subnet_ids = module.network.private
}

resource "aws_redshift_cluster" "private" {
  cluster_identifier  = "shop-prod-private"
  node_type           = "ra3.large"
  encrypted           = true
  publicly_accessible = false

  automated_snapshot_retention_period = 7
  enhanced_vpc_routing                = true
}

# A route to the gateway that is switched off.
resource "aws_route" "off" {
  count                  = 0
  route_table_id         = aws_route_table.private.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this.id
}

# The address of a resource in the plan.
resource "aws_eip" "office" {
  domain = "vpc"
}

resource "aws_vpc_security_group_ingress_rule" "office" {
  security_group_id = aws_security_group.service.id
  cidr_ipv4         = "${aws_eip.office.public_ip}/32"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
}

# Its rules are separate resources, or come from another group.
resource "aws_security_group" "dynamic" {
  name   = "shop-prod-dynamic"
  vpc_id = module.network.vpc_id

  dynamic "ingress" {
    for_each = [8080]

    content {
      from_port       = ingress.value
      to_port         = ingress.value
      protocol        = "tcp"
      security_groups = [aws_security_group.front.id]
    }
  }
}

# Local addresses.
resource "aws_vpc_security_group_ingress_rule" "local" {
  security_group_id = aws_security_group.service.id
  cidr_ipv6         = "fc00::/7"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
}

# A private network as large as they get, and a network of a service provider.
resource "aws_vpc_security_group_ingress_rule" "private" {
  security_group_id = aws_security_group.service.id
  cidr_ipv4         = "10.0.0.0/8"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
}

resource "aws_vpc_security_group_ingress_rule" "provider" {
  security_group_id = aws_security_group.service.id
  cidr_ipv6         = "2001:db8::/32"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
}

# The plan contains the value.
resource "aws_vpc_security_group_ingress_rule" "chosen" {
  security_group_id = aws_security_group.service.id
  cidr_ipv4         = aws_lb.front.name == "" ? "10.1.0.0/16" : "10.2.0.0/16"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
}

# The group of a load balancer, which rules of another group refer to through for_each.
module "group" {
  source = "./group"
  name   = "shop-prod-front"
  vpc_id = module.network.vpc_id
}

resource "aws_lb" "modular" {
  name                       = "shop-prod-modular"
  internal                   = true
  subnets                    = [module.network.public]
  security_groups            = [module.group.id]
  drop_invalid_header_fields = true
  enable_deletion_protection = true

  access_logs {
    bucket  = "shop-prod-logs"
    enabled = true
  }
}

resource "aws_security_group_rule" "from_balancer" {
  for_each                 = { balancer = { group = module.group.id, port = 8080 } }
  type                     = "ingress"
  security_group_id        = aws_security_group.service.id
  source_security_group_id = each.value.group
  from_port                = each.value.port
  to_port                  = each.value.port
  protocol                 = "tcp"
}

module "rules" {
  source   = "./rules"
  group_id = aws_security_group.front.id
  vpc_id   = module.network.vpc_id
}

# Network ACLs: ports that a subnet serves, ports of administration from inside, denials, and traffic that goes out.
resource "aws_network_acl" "web" {
  vpc_id = "vpc-1"

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 443
    to_port    = 443
    cidr_block = "0.0.0.0/0"
  }

  ingress {
    rule_no    = 110
    action     = "allow"
    protocol   = "tcp"
    from_port  = 22
    to_port    = 22
    cidr_block = "10.0.0.0/16"
  }

  ingress {
    rule_no    = 120
    action     = "deny"
    protocol   = "tcp"
    from_port  = 22
    to_port    = 22
    cidr_block = "0.0.0.0/0"
  }

  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = -1
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }
}

resource "aws_network_acl_rule" "low" {
  network_acl_id = "acl-1"
  rule_number    = 100
  rule_action    = "allow"
  protocol       = "tcp"
  from_port      = 4000
  to_port        = 4010
  cidr_block     = "0.0.0.0/0"
}

resource "aws_network_acl_rule" "out" {
  network_acl_id = "acl-1"
  rule_number    = 100
  egress         = true
  rule_action    = "allow"
  protocol       = "tcp"
  from_port      = 22
  to_port        = 22
  cidr_block     = "0.0.0.0/0"
}

resource "aws_network_acl_rule" "denied" {
  network_acl_id = "acl-1"
  rule_number    = 120
  rule_action    = "deny"
  protocol       = "-1"
  cidr_block     = "0.0.0.0/0"
}

resource "aws_route" "peer" {
  route_table_id            = "rtb-1"
  destination_cidr_block    = "10.1.0.0/16"
  vpc_peering_connection_id = "pcx-1"
}

resource "aws_route_table" "nat" {
  vpc_id = "vpc-1"

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = "nat-1"
  }

  route {
    cidr_block                = "10.1.0.0/16"
    vpc_peering_connection_id = "pcx-1"
  }
}

resource "aws_cloudfront_origin_access_control" "this" {
  name                              = "shop-prod-files"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_distribution" "closed" {
  enabled    = true
  web_acl_id = "arn:aws:wafv2:us-east-1:${var.account}:global/webacl/shop/1"

  logging_config {
    bucket = "shop-logs.s3.amazonaws.com"
  }

  origin {
    domain_name              = "shop.s3.${var.region}.amazonaws.com"
    origin_id                = "files"
    origin_access_control_id = aws_cloudfront_origin_access_control.this.id
  }

  origin {
    domain_name = "old.s3.${var.region}.amazonaws.com"
    origin_id   = "old"

    s3_origin_config {
      origin_access_identity = "origin-access-identity/cloudfront/E1"
    }
  }

  origin {
    domain_name = "api.shop.example.com"
    origin_id   = "api"

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "files"
    viewer_protocol_policy = "redirect-to-https"
    cache_policy_id        = "policy-1"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:us-east-1:${var.account}:certificate/1"
    minimum_protocol_version = "TLSv1.2_2021"
    ssl_support_method       = "sni-only"
  }
}

variable "account" {
  description = "Account that the resources belong to."
  type        = string
  default     = "123456789012"
}

resource "aws_redshift_logging" "private" {
  cluster_identifier   = aws_redshift_cluster.private.id
  log_destination_type = "cloudwatch"
  log_exports          = ["connectionlog", "userlog"]
}

# Computed, but to nobody's network but ours.
resource "aws_route" "computed" {
  route_table_id         = "rtb-1"
  destination_cidr_block = terraform_data.network.output
  nat_gateway_id         = "nat-1"
}

resource "terraform_data" "network" {
  input = "10.2.0.0/16"
}

# Alarms for what is watched in production.
resource "aws_cloudwatch_metric_alarm" "front" {
  alarm_name          = "shop-prod-front"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_Target_5XX_Count"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 80
  comparison_operator = "GreaterThanThreshold"
  dimensions          = { LoadBalancer = aws_lb.front.arn_suffix }
  alarm_actions       = ["arn:aws:sns:${var.region}:${var.account}:shop-prod-alarms"]
}

resource "aws_cloudwatch_metric_alarm" "modular" {
  alarm_name          = "shop-prod-modular"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_Target_5XX_Count"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 80
  comparison_operator = "GreaterThanThreshold"
  dimensions          = { LoadBalancer = aws_lb.modular.arn_suffix }
  alarm_actions       = ["arn:aws:sns:${var.region}:${var.account}:shop-prod-alarms"]
}

