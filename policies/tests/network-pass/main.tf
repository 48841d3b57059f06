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
