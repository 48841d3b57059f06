resource "aws_vpc" "bare" {
  cidr_block = "10.0.0.0/16"
}

# One endpoint of the two, and one of the wrong type.
resource "aws_vpc_endpoint" "s3" {
  vpc_id       = aws_vpc.bare.id
  service_name = "com.amazonaws.${var.region}.s3"
}

resource "aws_vpc_endpoint" "dynamodb" {
  vpc_id            = aws_vpc.bare.id
  service_name      = "com.amazonaws.${var.region}.dynamodb"
  vpc_endpoint_type = "Interface"
}

# Ingress ---------------------------------------------------------------------------------------------

resource "aws_security_group" "inline" {
  name   = "shop-prod-inline"
  vpc_id = aws_vpc.bare.id

  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_default_security_group" "v6" {
  vpc_id = aws_vpc.bare.id

  ingress {
    from_port        = 8000
    to_port          = 8080
    protocol         = "tcp"
    ipv6_cidr_blocks = ["::/0"]
  }
}

resource "aws_security_group" "rules" {
  name   = "shop-prod-rules"
  vpc_id = aws_vpc.bare.id
}

resource "aws_security_group_rule" "halves" {
  security_group_id = aws_security_group.rules.id
  type              = "ingress"
  from_port         = 5432
  to_port           = 5432
  protocol          = "tcp"
  cidr_blocks       = ["0.0.0.0/1", "128.0.0.0/1"]
}

resource "aws_vpc_security_group_ingress_rule" "everything" {
  security_group_id = aws_security_group.rules.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

# Port 443 is only for load balancers: not without one, not if an instance also uses the group, not 80 to 443.
resource "aws_security_group" "no_balancer" {
  name   = "shop-prod-no-balancer"
  vpc_id = aws_vpc.bare.id

  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "shared" {
  name   = "shop-prod-shared"
  vpc_id = aws_vpc.bare.id

  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "range" {
  name   = "shop-prod-range"
  vpc_id = aws_vpc.bare.id

  ingress {
    from_port   = 80
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }

  ingress {
    from_port   = 443
    to_port     = 8443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_lb" "front" {
  name            = "shop-prod-front"
  subnets         = [aws_subnet.gateway.id, aws_subnet.addresses.id]
  security_groups = [aws_security_group.shared.id, aws_security_group.range.id]
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "shop-prod-cache"
  description          = "Sessions."
  security_group_ids   = [aws_security_group.shared.id]
}

# Databases -------------------------------------------------------------------------------------------

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.bare.id
}

resource "aws_subnet" "gateway" {
  vpc_id     = aws_vpc.bare.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_route_table" "inline" {
  vpc_id = aws_vpc.bare.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.this.id
  }
}

resource "aws_route_table_association" "gateway" {
  subnet_id      = aws_subnet.gateway.id
  route_table_id = aws_route_table.inline.id
}

resource "aws_subnet" "route" {
  vpc_id     = aws_vpc.bare.id
  cidr_block = "10.0.2.0/24"
}

resource "aws_route_table" "separate" {
  vpc_id = aws_vpc.bare.id
}

resource "aws_route" "out" {
  route_table_id         = aws_route_table.separate.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this.id
}

resource "aws_route_table_association" "route" {
  subnet_id      = aws_subnet.route.id
  route_table_id = aws_route_table.separate.id
}

resource "aws_subnet" "addresses" {
  vpc_id                  = aws_vpc.bare.id
  cidr_block              = "10.0.3.0/24"
  map_public_ip_on_launch = true
}

# Through a module that gets the subnets as a variable.
module "database" {
  source  = "./database"
  subnets = [aws_subnet.gateway.id]
}

resource "aws_elasticache_subnet_group" "route" {
  name       = "shop-prod-route"
  subnet_ids = [aws_subnet.route.id]
}

resource "aws_redshift_subnet_group" "addresses" {
  name       = "shop-prod-addresses"
  subnet_ids = [aws_subnet.addresses.id]
}

resource "aws_redshift_cluster" "open" {
  cluster_identifier  = "shop-prod-open"
  node_type           = "ra3.large"
  encrypted           = true
  publicly_accessible = true
}

# An endpoint whose service is only known after the apply, and whose name does not contain it.
resource "aws_vpc" "unclear" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_vpc_endpoint" "unclear" {
  vpc_id       = aws_vpc.unclear.id
  service_name = "com.amazonaws.${aws_vpc.bare.id}"
}

# The port is only known after the apply, but the plan shows that it is open to all.
resource "aws_security_group_rule" "unknown_port" {
  security_group_id = aws_security_group.rules.id
  type              = "ingress"
  from_port         = length(aws_vpc.bare.id)
  to_port           = length(aws_vpc.bare.id)
  protocol          = "tcp"
  cidr_blocks       = ["0.0.0.0/0"]
}

# Networks that nobody sees before the apply.
resource "terraform_data" "anywhere" {
  input = "0.0.0.0/0"
}

resource "aws_security_group_rule" "hidden" {
  security_group_id = aws_security_group.hidden.id
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_blocks       = [terraform_data.anywhere.output]
}

resource "aws_vpc_security_group_ingress_rule" "hidden" {
  security_group_id = aws_security_group.hidden.id
  cidr_ipv4         = terraform_data.anywhere.output
  ip_protocol       = "-1"
}

resource "aws_security_group" "hidden" {
  name   = "shop-prod-hidden"
  vpc_id = "vpc-1"

  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = [terraform_data.anywhere.output]
  }
}

resource "aws_security_group" "hidden_name" {
  name   = terraform_data.anywhere.output
  vpc_id = "vpc-1"
}

resource "aws_redshift_cluster" "hidden" {
  cluster_identifier  = "shop-prod-hidden"
  node_type           = "ra3.large"
  encrypted           = true
  publicly_accessible = terraform_data.anywhere.output
}

resource "aws_security_group" "dynamic" {
  name   = "shop-prod-dynamic"
  vpc_id = "vpc-1"

  dynamic "ingress" {
    for_each = [22]

    content {
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = [terraform_data.anywhere.output]
    }
  }
}

# A direction that nobody sees before the apply.
resource "aws_security_group_rule" "direction" {
  security_group_id = aws_security_group.hidden.id
  type              = terraform_data.anywhere.output
  protocol          = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_blocks       = ["0.0.0.0/0"]
}

# Parts of the internet.
resource "aws_vpc_security_group_ingress_rule" "quarter" {
  security_group_id = aws_security_group.hidden.id
  cidr_ipv4         = "64.0.0.0/2"
  ip_protocol       = "-1"
}

resource "aws_vpc_security_group_ingress_rule" "global" {
  security_group_id = aws_security_group.hidden.id
  cidr_ipv6         = "2000::/3"
  ip_protocol       = "-1"
}

# The reference says nothing about the value.
resource "aws_vpc_security_group_ingress_rule" "replaced" {
  security_group_id = aws_security_group.hidden.id
  cidr_ipv4         = replace(aws_sns_topic.hidden.arn, "/^.*$/", "0.0.0.0/0")
  ip_protocol       = "-1"
}

resource "aws_sns_topic" "hidden" {
  name              = "shop-prod-hidden"
  kms_master_key_id = "alias/aws/sns"
}

# References through a local cannot be followed.
locals {
  anywhere = terraform_data.anywhere.output
}

resource "aws_vpc_security_group_ingress_rule" "local" {
  security_group_id = aws_security_group.hidden.id
  cidr_ipv4         = local.anywhere
  ip_protocol       = "-1"
}

module "two_groups" {
  source = "./group"
  name   = "shop-prod-two"
  vpc_id = "vpc-1"
}

resource "aws_lb" "two_groups" {
  name                       = "shop-prod-two-groups"
  internal                   = true
  subnets                    = ["subnet-1"]
  security_groups            = [module.two_groups.id]
  drop_invalid_header_fields = true
  enable_deletion_protection = true

  access_logs {
    bucket  = "shop-prod-logs"
    enabled = true
  }
}

# A group that somebody else made: nobody can say what else uses it.
data "aws_security_group" "found" {
  id = aws_security_group.inline.id
}

resource "aws_vpc_security_group_ingress_rule" "found" {
  security_group_id = data.aws_security_group.found.id
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_lb" "found" {
  name                       = "shop-prod-found"
  internal                   = true
  subnets                    = ["subnet-1"]
  security_groups            = [data.aws_security_group.found.id]
  drop_invalid_header_fields = true
  enable_deletion_protection = true

  access_logs {
    bucket  = "shop-prod-logs"
    enabled = true
  }
}

# Rules that are one value, which nobody sees.
resource "terraform_data" "rules" {
  input = [{ cidr_blocks = ["0.0.0.0/0"], from_port = 22, to_port = 22, protocol = "tcp", description = "", ipv6_cidr_blocks = [], prefix_list_ids = [], security_groups = [], self = false }]
}

resource "aws_security_group" "one_value" {
  name    = "shop-prod-one-value"
  vpc_id  = aws_vpc.bare.id
  ingress = terraform_data.rules.output
}

# Network ACLs that let the internet in on ports for administration.
resource "aws_network_acl" "inline" {
  vpc_id = "vpc-1"

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 3000
    to_port    = 4000
    cidr_block = "0.0.0.0/0"
  }
}

resource "aws_network_acl_rule" "all" {
  network_acl_id  = "acl-1"
  rule_number     = 100
  rule_action     = "allow"
  protocol        = "-1"
  ipv6_cidr_block = "::/0"
}

resource "aws_network_acl_rule" "ssh" {
  network_acl_id = "acl-1"
  rule_number    = 101
  rule_action    = "allow"
  protocol       = "tcp"
  from_port      = 22
  to_port        = 22
  cidr_block     = "0.0.0.0/0"
}

resource "aws_default_network_acl" "this" {
  default_network_acl_id = "acl-2"

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = -1
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }
}

resource "aws_route" "peer" {
  route_table_id            = "rtb-1"
  destination_cidr_block    = "0.0.0.0/0"
  vpc_peering_connection_id = aws_vpc_peering_connection.peer.id
}

resource "aws_route_table" "peer" {
  vpc_id = "vpc-1"

  route {
    ipv6_cidr_block           = "::/0"
    vpc_peering_connection_id = "pcx-1"
  }
}

resource "aws_vpc_peering_connection" "peer" {
  peer_vpc_id = "vpc-2"
  vpc_id      = "vpc-1"
}

resource "aws_cloudfront_distribution" "open" {
  enabled    = true
  web_acl_id = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/1"

  origin {
    domain_name = "shop.s3.eu-central-1.amazonaws.com"
    origin_id   = "files"
  }

  origin {
    domain_name = "old.s3.eu-central-1.amazonaws.com"
    origin_id   = "old"

    s3_origin_config {
      origin_access_identity = ""
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
    acm_certificate_arn      = "arn:aws:acm:us-east-1:123456789012:certificate/1"
    minimum_protocol_version = "TLSv1.2_2021"
    ssl_support_method       = "sni-only"
  }
}

resource "aws_route" "hidden" {
  route_table_id            = "rtb-1"
  destination_cidr_block    = terraform_data.network.output
  vpc_peering_connection_id = "pcx-1"
}

resource "aws_route_table" "hidden" {
  vpc_id = "vpc-1"

  route {
    cidr_block                = terraform_data.network.output
    vpc_peering_connection_id = "pcx-1"
  }
}

resource "terraform_data" "network" {
  input = "0.0.0.0/0"
}

resource "terraform_data" "subnet" {
  input = "10.0.9.0/24"
}

resource "aws_subnet" "late" {
  vpc_id            = "vpc-1"
  availability_zone = "${var.region}a"
  cidr_block        = terraform_data.subnet.output
}
