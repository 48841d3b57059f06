# What the corpus does not tell apart: each resource is on one side of one condition of a rule.

variable "account" {
  description = "Account of the environment."
  type        = string
  default     = "123456789012"
}

variable "stranger" {
  description = "Another account."
  type        = string
  default     = "999988887777"
}

locals {
  ours = "arn:aws:iam::${var.account}:role/shop-prod-worker"

  # Policies of a queue, by what is special about them.
  queues = {
    network_of_what  = [{ Effect = "Allow", Principal = "*", Action = "sqs:SendMessage", Resource = "*", Condition = { IpAddress = { "aws:Where" = "203.0.113.0/24" } } }]
    no_network       = [{ Effect = "Allow", Principal = "*", Action = "sqs:SendMessage", Resource = "*", Condition = { IpAddress = { "aws:SourceIp" = [] } } }]
    tls_for_one      = [{ Effect = "Deny", Principal = { AWS = local.ours }, Action = "sqs:*", Resource = "*", Condition = { Bool = { "aws:SecureTransport" = "false" } } }]
    other_account    = [{ Effect = "Allow", Principal = { AWS = local.ours }, Action = "sqs:SendMessage", Resource = "*", Condition = { StringEquals = { "aws:ResourceAccount" = var.stranger } } }]
    denied_to_one    = [local.anyone, { Effect = "Deny", Principal = { AWS = local.ours }, Action = "*", Resource = "*", Condition = { StringNotEquals = { "aws:SourceVpce" = "vpce-1" } } }]
    denies_another   = [local.anyone, { Effect = "Deny", Principal = "*", Action = "sqs:DeleteQueue", Resource = "*", Condition = { StringNotEquals = { "aws:SourceVpce" = "vpce-1" } } }]
    denies_elsewhere = [local.anyone, { Effect = "Deny", Principal = "*", Action = "*", Resource = "arn:aws:sqs:::other", Condition = { StringNotEquals = { "aws:SourceVpce" = "vpce-1" } } }]
    denied_to_all    = [local.anyone, { Effect = "Deny", Principal = "*", Action = "*", Resource = "*", Condition = {} }]
    denied_to_ours   = [local.anyone, { Effect = "Deny", Principal = "*", Action = "*", Resource = "*", Condition = { StringEquals = { "aws:SourceVpce" = "vpce-1" } } }]
    not_action       = [{ Effect = "Allow", Principal = "*", NotAction = "sqs:DeleteQueue", Resource = "*" }, { Effect = "Deny", Principal = "*", Action = "sqs:GetQueueUrl", Resource = "*", Condition = { StringNotEquals = { "aws:SourceVpce" = "vpce-1" } } }]
    not_resource     = [local.anyone, { Effect = "Deny", Principal = "*", Action = "*", NotResource = "arn:aws:sqs:::other", Condition = { StringNotEquals = { "aws:SourceVpce" = "vpce-1" } } }]
    only_strangers   = [local.anyone, { Effect = "Deny", Principal = "*", Action = "*", Resource = "*", Condition = { StringNotEquals = { "aws:PrincipalAccount" = var.stranger } } }]
    any_of_a_digit   = [local.anyone, { Effect = "Deny", Principal = "*", Action = "*", Resource = "*", Condition = { ArnNotLike = { "aws:PrincipalArn" = "arn:aws:iam::*1*:role/*" } } }]
    many_networks    = [{ Effect = "Allow", Principal = "*", Action = "sqs:SendMessage", Resource = "*", Condition = { IpAddress = { "aws:SourceIp" = [for n in range(33) : "203.0.${n}.0/24"] } } }]
    digit            = [merge(local.anyone, { Condition = { StringLike = { "aws:PrincipalAccount" = "0*" } } })]
    any_role         = [merge(local.anyone, { Condition = { StringLike = { "aws:userid" = "AROA*" } } })]
    one_role         = [merge(local.anyone, { Condition = { StringLike = { "aws:userid" = "AROAABCDEFGHIJKLMNOP:*" } } })]
    organizations    = [merge(local.anyone, { Condition = { StringLike = { "aws:PrincipalOrgID" = "o-a1b2*" } } })]
    whose_arn        = [merge(local.anyone, { Condition = { ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::$${aws:PrincipalAccount}:role/*" } } })]
    own_arn          = [merge(local.anyone, { Condition = { ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::${var.account}:role/*" } } })]
    number_as_arn    = [merge(local.anyone, { Condition = { StringEquals = { "aws:PrincipalArn" = var.account } } })]
    arn_as_account   = [merge(local.anyone, { Condition = { StringEquals = { "aws:PrincipalAccount" = local.ours } } })]
    endpoint_as_arn  = [merge(local.anyone, { Condition = { StringEquals = { "aws:PrincipalArn" = "vpce-1" } } })]
    all_resources    = [{ Effect = "Allow", Principal = "*", Action = "sqs:SendMessage", NotResource = "arn:aws:sqs:::x" }, { Effect = "Deny", Principal = "*", Action = "*", Resource = "arn:aws:sqs:::other", Condition = { StringNotEquals = { "aws:SourceVpce" = "vpce-1" } } }]
    endpoint         = [merge(local.anyone, { Condition = { StringEquals = { "sns:Endpoint" = "a@shop.example" } } })]
    any_endpoint     = [merge(local.anyone, { Condition = { StringLike = { "sns:Endpoint" = "*" } } })]
    denied_by_kind   = [local.anyone, { Effect = "Deny", Principal = "*", Action = "*", Resource = "*", Condition = { StringNotEquals = { "aws:PrincipalType" = "User" } } }]
  }
  anyone = { Effect = "Allow", Principal = "*", Action = "sqs:SendMessage", Resource = "*" }

  buckets = {
    access_points = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "*", Condition = { StringEquals = { "s3:DataAccessPointAccount" = var.account } } }]
    tls_for_one   = [{ Effect = "Deny", Principal = { AWS = local.ours }, Action = "s3:*", Resource = "*", Condition = { Bool = { "aws:SecureTransport" = "false" } } }]
    tls_and_more  = [{ Effect = "Deny", Principal = "*", Action = "s3:*", Resource = "*", Condition = { Bool = { "aws:SecureTransport" = "false" }, StringEquals = { "aws:PrincipalAccount" = var.account } } }]
    tls_of_both   = [{ Effect = "Deny", Principal = "*", Action = "s3:*", Resource = ["arn:aws:s3:::shop-prod-a", "arn:aws:s3:::shop-prod-a/*"], Condition = { Bool = { "aws:SecureTransport" = "false" } } }]
    tls_of_keys   = [{ Effect = "Deny", Principal = "*", Action = "s3:*", Resource = "arn:aws:s3:::shop-prod-a/*", Condition = { Bool = { "aws:SecureTransport" = "false" } } }]
    tls_to_read   = [{ Effect = "Deny", Principal = "*", Action = "s3:GetObject", Resource = "*", Condition = { Bool = { "aws:SecureTransport" = "false" } } }]
  }

  policies = {
    session_on_roles = [{ Effect = "Allow", Action = "ssm:StartSession", Resource = "arn:aws:iam::*:role/shop-prod-*" }]
    tags_but_one     = [{ Effect = "Allow", Action = "iam:TagRole", Resource = "arn:aws:iam::*:role/shop-prod-*", Condition = { StringNotEquals = { "aws:TagKeys" = "CostCenter" } } }]
    tags_for_us      = [{ Effect = "Allow", Action = "iam:TagRole", Resource = "arn:aws:iam::*:role/shop-prod-*", Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } } }]
    tags_of_any_key  = [{ Effect = "Allow", Action = "iam:TagRole", Resource = "arn:aws:iam::*:role/shop-prod-*", Condition = { StringLike = { "aws:TagKeys" = "*" } } }]
    no_boundary      = [{ Effect = "Allow", Action = "iam:PutRolePolicy", Resource = "arn:aws:iam::*:role/shop-prod-worker", Condition = { StringEquals = { "iam:PermissionsBoundary" = [] } } }]
    passed_to_one    = [{ Effect = "Allow", Action = "iam:PassRole", Resource = "arn:aws:iam::*:role/shop-prod-*", Condition = { StringEquals = { "iam:PassedToService" = "lambda.amazonaws.com" } } }]
  }

  trusts = {
    elsewhere_sub  = { Principal = { Federated = "arn:aws:iam::${var.account}:oidc-provider/idp.example" }, Condition = { StringEquals = { "idp.example:aud" = "shop", "idp.example:group" = "system:serviceaccount:*:*" } } }
    tls_if_known   = { Principal = { AWS = local.ours }, Condition = { BoolIfExists = { "aws:SecureTransport" = "true" } } }
    github_of_idp  = { Principal = { Federated = "arn:aws:iam::${var.account}:oidc-provider/idp.example" }, Condition = { StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" } } }
    our_account    = { Principal = "*", Condition = { StringEquals = { "aws:PrincipalAccount" = var.account } } }
    strangers      = { Principal = "*", Condition = { StringEquals = { "aws:PrincipalAccount" = var.stranger } } }
    organization   = { Principal = "*", Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } } }
    long_for_build = { Principal = { Federated = "arn:aws:iam::${var.account}:oidc-provider/idp.example" }, Condition = { StringEquals = { "idp.example:sub" = "builds" } } }
  }

  apis = {
    secured_as_whole = { openapi = "3.0.1", security = [{ sigv4 = [] }], paths = { "/a" = { get = {} } } }
    secured_by_aws   = { openapi = "3.0.1", paths = { "/a" = { get = { "x-amazon-apigateway-auth" = { type = "AWS_IAM" } } } } }
    with_policy      = { openapi = "3.0.1", "x-amazon-apigateway-policy" = { Version = "2012-10-17" }, paths = { "/a" = { get = {} } } }
  }

  groups = {
    icmp_echo     = { from = 8, to = 0, protocol = "icmp", v4 = ["0.0.0.0/0"], v6 = [] }
    tcp_3         = { from = 3, to = 3, protocol = "tcp", v4 = ["0.0.0.0/0"], v6 = [] }
    icmp6         = { from = 128, to = 0, protocol = "icmpv6", v4 = [], v6 = ["::/0"] }
    private       = { from = 22, to = 22, protocol = "tcp", v4 = ["10.0.0.0/8", "10.0.0.0/9", "10.128.0.0/9"], v6 = [] }
    two_small     = { from = 22, to = 22, protocol = "tcp", v4 = ["203.0.113.0/24", "198.51.100.0/24"], v6 = [] }
    plain_machine = { from = 80, to = 80, protocol = "tcp", v4 = ["0.0.0.0/0"], v6 = [] }
  }
  balancer_groups = {
    up_to_80 = { from = 22, to = 80, v4 = ["0.0.0.0/0"] }
    from_80  = { from = 80, to = 90, v4 = ["0.0.0.0/0"] }
    large    = { from = 443, to = 443, v4 = ["3.0.0.0/8", "52.0.0.0/8"] }
  }
}

resource "aws_sqs_queue_policy" "this" {
  for_each  = local.queues
  queue_url = "https://sqs.example/${each.key}"
  policy    = jsonencode({ Version = "2012-10-17", Statement = each.value })
}

resource "aws_s3_bucket_policy" "this" {
  for_each = local.buckets
  bucket   = "shop-prod-${each.key}"
  policy   = jsonencode({ Version = "2012-10-17", Statement = each.value })
}

resource "aws_iam_policy" "this" {
  for_each = local.policies
  name     = "shop-prod-${each.key}"
  policy   = jsonencode({ Version = "2012-10-17", Statement = each.value })
}

resource "aws_iam_role" "this" {
  for_each             = local.trusts
  name                 = "shop-prod-${each.key}"
  max_session_duration = 7200

  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [merge({ Effect = "Allow", Action = "sts:AssumeRole" }, each.value)]
  })
}

resource "aws_iam_role" "agent" {
  name                 = "shop-prod-agent"
  max_session_duration = 7200

  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

# A provider of this plan that is not GitHub's, and no condition.
resource "aws_iam_openid_connect_provider" "this" {
  url            = "https://idp.example"
  client_id_list = ["shop"]
}

data "aws_iam_policy_document" "anybody_there" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.this.arn]
    }
  }
}

resource "aws_iam_role" "anybody_there" {
  name               = "shop-prod-anybody-there"
  assume_role_policy = data.aws_iam_policy_document.anybody_there.json
}

resource "aws_iam_policy_attachment" "users" {
  name       = "shop-prod-users"
  users      = ["dana"]
  policy_arn = "arn:aws:iam::${var.account}:policy/shop-prod-reader"
}

resource "aws_iam_policy_attachment" "roles" {
  name       = "shop-prod-roles"
  roles      = ["shop-prod-worker"]
  policy_arn = "arn:aws:iam::${var.account}:policy/shop-prod-reader"
}

resource "aws_s3control_access_point_policy" "own_side" {
  access_point_arn = "arn:aws:s3:eu-central-1:${var.account}:accesspoint/shop"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "*" },
    { Effect = "Deny", Principal = "*", Action = "*", Resource = "*", Condition = { StringNotEquals = { "s3:DataAccessPointAccount" = var.account } } },
  ] })
}

# Launch templates: one that shows what it requires, and one that does not.
resource "aws_launch_template" "this" {
  for_each = { strict = "required", loose = "optional" }
  name     = "shop-prod-${each.key}"
  metadata_options {
    http_tokens = each.value
  }
  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      encrypted = each.value == "required"
    }
  }
}

resource "aws_launch_template" "strict" {
  name = "shop-prod-all-strict"
  metadata_options {
    http_tokens = "required"
  }
  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      encrypted = true
    }
  }
}

resource "aws_launch_template" "bare" {
  name = "shop-prod-bare"
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_instance" "templates" {
  for_each = { strict = aws_launch_template.strict.id, outside = aws_launch_template.bare.id }
  launch_template {
    id = each.value
  }
}

resource "aws_instance" "strict" {
  launch_template {
    id = aws_launch_template.strict.id
  }
}

resource "aws_instance" "bare" {
  launch_template {
    id = aws_launch_template.bare.id
  }
}

resource "aws_instance" "loose" {
  launch_template {
    id = aws_launch_template.this["loose"].id
  }
}

resource "aws_instance" "outside" {
  launch_template {
    id = "lt-0123456789abcdef0"
  }
}

resource "aws_instance" "own_tokens" {
  metadata_options {
    http_tokens = "required"
  }
  launch_template {
    id = "lt-0123456789abcdef0"
  }
}

resource "aws_lightsail_instance_public_ports" "this" {
  instance_name = "shop-prod-site"
  port_info {
    protocol  = "tcp"
    from_port = 443
    to_port   = 443
  }
}

resource "aws_lightsail_instance_public_ports" "range" {
  instance_name = "shop-prod-range"
  port_info {
    protocol  = "tcp"
    from_port = 80
    to_port   = 65535
  }
}

resource "aws_lightsail_instance_public_ports" "protocols" {
  instance_name = "shop-prod-protocols"
  port_info {
    protocol  = "all"
    from_port = 443
    to_port   = 443
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "kept" {
  bucket = "shop-prod-access-logs"
  rule {
    id     = "old"
    status = "Enabled"
    filter {}
    expiration {
      days = 365
    }
    noncurrent_version_expiration {
      noncurrent_days = 7
    }
  }
}

# A canonical user of this plan.
resource "aws_cloudfront_origin_access_identity" "this" {
  comment = "Shop"
}

data "aws_iam_policy_document" "distribution" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::shop-prod-site/*"]
    principals {
      type        = "CanonicalUser"
      identifiers = [aws_cloudfront_origin_access_identity.this.s3_canonical_user_id]
    }
  }
}

resource "aws_s3_bucket_policy" "distribution" {
  bucket = "shop-prod-site"
  policy = data.aws_iam_policy_document.distribution.json
}

resource "aws_batch_job_definition" "this" {
  for_each = { ordinary = false, privileged = true }
  name     = "shop-prod-${each.key}"
  type     = "multinode"

  node_properties = jsonencode({
    mainNode            = 0
    numNodes            = 1
    nodeRangeProperties = [{ targetNodes = "0:", container = { image = "shop:1", vcpus = 1, memory = 128, privileged = each.value } }]
  })
}

resource "aws_batch_job_definition" "address" {
  for_each = toset(["ENABLED", "DISABLED"])
  name     = "shop-prod-${lower(each.key)}"
  type     = "container"

  container_properties = jsonencode({ image = "shop:1", networkConfiguration = { assignPublicIp = each.key } })
}

provider "aws" {
  alias                       = "elsewhere"
  region                      = "eu-central-1"
  sts_region                  = "us-east-1"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

resource "aws_cloudformation_stack" "this" {
  name          = "shop-prod-stack"
  template_body = jsonencode({ Resources = { Queue = { Type = "AWS::SQS::Queue" } } })
}

resource "terraform_data" "template" {
  input = "Resources: {}"
}

resource "aws_cloudformation_stack" "later" {
  name          = "shop-prod-later"
  template_body = terraform_data.template.output
}

# Networks.
resource "aws_security_group" "this" {
  for_each    = local.groups
  name        = "shop-prod-${each.key}"
  description = each.key

  ingress {
    from_port        = each.value.from
    to_port          = each.value.to
    protocol         = each.value.protocol
    cidr_blocks      = each.value.v4
    ipv6_cidr_blocks = each.value.v6
  }
}

resource "aws_security_group" "balancer" {
  for_each    = local.balancer_groups
  name        = "shop-prod-lb-${each.key}"
  description = each.key

  ingress {
    from_port   = each.value.from
    to_port     = each.value.to
    protocol    = "tcp"
    cidr_blocks = each.value.v4
  }
}

resource "aws_lb" "this" {
  name            = "shop-prod-web"
  security_groups = [for group in aws_security_group.balancer : group.id]
  subnets         = ["subnet-1", "subnet-2"]
}

resource "aws_lb_listener" "redirects" {
  load_balancer_arn = aws_lb.this.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect"
    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}

# A group of a load balancer that an instance uses, too.
resource "aws_security_group" "shared" {
  name        = "shop-prod-shared"
  description = "Shared"

  ingress {
    from_port   = 80
    to_port     = 80
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_lb" "shared" {
  name            = "shop-prod-shared"
  security_groups = [aws_security_group.shared.id]
  subnets         = ["subnet-1", "subnet-2"]
}

resource "aws_lb_listener" "shared" {
  load_balancer_arn = aws_lb.shared.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect"
    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_instance" "shared" {
  ami                    = "ami-x"
  instance_type          = "m7i.large"
  vpc_security_group_ids = [aws_security_group.shared.id]
}

# The main table of this VPC leads to the internet; one subnet has a table of its own.
resource "aws_vpc" "open" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_internet_gateway" "open" {
  vpc_id = aws_vpc.open.id
}

resource "aws_route_table" "open" {
  vpc_id = aws_vpc.open.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.open.id
  }
}

resource "aws_main_route_table_association" "open" {
  vpc_id         = aws_vpc.open.id
  route_table_id = aws_route_table.open.id
}

resource "aws_route_table" "closed" {
  vpc_id = aws_vpc.open.id
}

resource "aws_subnet" "without" {
  vpc_id     = aws_vpc.open.id
  cidr_block = "10.1.1.0/24"
}

resource "aws_subnet" "with" {
  vpc_id     = aws_vpc.open.id
  cidr_block = "10.1.2.0/24"
}

resource "aws_route_table_association" "with" {
  subnet_id      = aws_subnet.with.id
  route_table_id = aws_route_table.closed.id
}

resource "aws_db_subnet_group" "without" {
  name       = "shop-prod-without"
  subnet_ids = [aws_subnet.without.id]
}

resource "aws_db_subnet_group" "with" {
  name       = "shop-prod-with"
  subnet_ids = [aws_subnet.with.id]
}

# The main table of this VPC leads nowhere; another one leads to the internet, and has an endpoint.
resource "aws_vpc" "half" {
  cidr_block = "10.3.0.0/16"
}

resource "aws_internet_gateway" "half" {
  vpc_id = aws_vpc.half.id
}

resource "aws_route_table" "half" {
  vpc_id = aws_vpc.half.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.half.id
  }
}

resource "aws_route_table" "main" {
  vpc_id = aws_vpc.half.id
}

resource "aws_main_route_table_association" "half" {
  vpc_id         = aws_vpc.half.id
  route_table_id = aws_route_table.main.id
}

resource "aws_vpc_endpoint" "half" {
  vpc_id          = aws_vpc.half.id
  service_name    = "com.amazonaws.eu-central-1.s3"
  route_table_ids = [aws_route_table.half.id]
}

resource "aws_subnet" "half" {
  vpc_id     = aws_vpc.half.id
  cidr_block = "10.3.1.0/24"
}

resource "aws_db_subnet_group" "half" {
  name       = "shop-prod-half"
  subnet_ids = [aws_subnet.half.id]
}

# A flow log that names one VPC, but is for another.
resource "aws_vpc" "silent" {
  cidr_block = "10.2.0.0/16"
}

resource "aws_flow_log" "open" {
  vpc_id          = aws_vpc.open.id
  traffic_type    = "ALL"
  log_destination = "arn:aws:s3:::shop-prod-flows"
  tags            = { Beside = aws_vpc.silent.id }
}

resource "aws_gamelift_fleet" "this" {
  name              = "shop-prod-game"
  build_id          = "build-1a2b3c4d-5e6f-4a1b-8c9d-0e1f2a3b4c5d"
  ec2_instance_type = "c5.large"
  ec2_inbound_permission {
    protocol  = "TCP"
    from_port = 1026
    to_port   = 60000
    ip_range  = "203.0.113.0/24"
  }
  runtime_configuration {
    server_process {
      concurrent_executions = 1
      launch_path           = "/local/game"
    }
  }
}

resource "aws_default_subnet" "this" {
  availability_zone       = "eu-central-1a"
  map_public_ip_on_launch = false
}

resource "aws_instance" "this" {
  ami           = "ami-x"
  instance_type = "m7i.large"
  subnet_id     = aws_default_subnet.this.id
}

resource "aws_api_gateway_rest_api" "this" {
  for_each = local.apis
  name     = "shop-prod-${each.key}"
  body     = jsonencode(each.value)
}

resource "aws_api_gateway_rest_api" "private" {
  name = "shop-prod-private"
  body = jsonencode({ openapi = "3.0.1", paths = { "/a" = { get = {} } } })
  endpoint_configuration {
    types = ["PRIVATE"]
  }
}

resource "aws_apigatewayv2_api" "this" {
  name          = "shop-prod-http"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_domain_name" "this" {
  domain_name = "api.shop.example"
  domain_name_configuration {
    certificate_arn = "arn:aws:acm:eu-central-1:${var.account}:certificate/1"
    endpoint_type   = "REGIONAL"
    security_policy = "TLS_1_2"
  }
}

resource "aws_apigatewayv2_api_mapping" "this" {
  api_id      = aws_apigatewayv2_api.this.id
  domain_name = aws_apigatewayv2_domain_name.this.id
  stage       = "x"
}

# Shares.
resource "aws_lakeformation_permissions" "this" {
  principal   = "IAM_ALLOWED_PRINCIPALS"
  permissions = ["ALL"]
  database {
    name = "shop"
  }
}

resource "aws_vpc_endpoint_policy" "this" {
  for_each = {
    denies = { Effect = "Deny", Principal = "*", Action = "*", Resource = "*", Condition = { StringNotEquals = { "aws:ResourceAccount" = var.account } } }
    kind   = { Effect = "Allow", Principal = "*", Action = "*", Resource = "*", Condition = { StringNotEquals = { "aws:PrincipalType" = "User" } } }
  }
  vpc_endpoint_id = "vpce-1"
  policy          = jsonencode({ Version = "2012-10-17", Statement = [each.value] })
}

resource "aws_s3control_multi_region_access_point_policy" "this" {
  for_each = {
    denies = { Effect = "Deny", Principal = "*" }
    ours   = { Effect = "Allow", Principal = { AWS = local.ours } }
  }
  details {
    name   = "shop-prod-${each.key}"
    policy = jsonencode({ Version = "2012-10-17", Statement = [merge({ Action = "s3:GetObject", Resource = "*" }, each.value)] })
  }
}

resource "aws_iot_policy" "denies" {
  name   = "shop-prod-denies"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Action = "iot:Connect", Resource = "arn:aws:iot:x:y:client/*" }] })
}

resource "aws_s3_bucket" "uploads" {
  bucket = "shop-prod-uploads"
}

resource "aws_sns_topic" "uploads" {
  name = "shop-prod-uploads"
}

resource "aws_lambda_permission" "bucket" {
  action        = "lambda:InvokeFunction"
  function_name = "shop-prod-thumbnails"
  principal     = "s3.amazonaws.com"
  source_arn    = aws_s3_bucket.uploads.arn
}

resource "aws_lambda_permission" "topic" {
  action        = "lambda:InvokeFunction"
  function_name = "shop-prod-thumbnails"
  principal     = "s3.amazonaws.com"
  source_arn    = aws_sns_topic.uploads.arn
}

# Guardrails. See before/main.tf.
resource "aws_sqs_queue" "later" {
  name = "shop-prod-later"
}

resource "aws_cloudwatch_event_archive" "later" {
  name             = "shop-prod-later"
  event_source_arn = "arn:aws:events:::event-bus/shop"
  retention_days   = tonumber(aws_sqs_queue.later.id)
}

resource "aws_cloudwatch_event_rule" "still_off" {
  name                = "shop-prod-still-off"
  description         = "after"
  schedule_expression = "rate(1 day)"
  state               = "DISABLED"
}

resource "aws_wafv2_web_acl" "one_more" {
  name  = "shop-prod-one-more"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  dynamic "rule" {
    for_each = { first = 1, tried = 2 }
    content {
      name     = rule.key
      priority = rule.value
      override_action {
        dynamic "none" {
          for_each = rule.value == 1 ? [1] : []
          content {}
        }
        dynamic "count" {
          for_each = rule.value == 2 ? [1] : []
          content {}
        }
      }
      statement {
        managed_rule_group_statement {
          name        = "AWSManagedRulesCommonRuleSet"
          vendor_name = "AWS"
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
    metric_name                = "shop"
    sampled_requests_enabled   = true
  }
}

resource "aws_organizations_policy" "allows_less" {
  name    = "shop-prod-allows-less"
  content = jsonencode({ Version = "2012-10-17", Statement = [local.keep] })
}

resource "aws_organizations_policy" "by_region" {
  name    = "shop-prod-by-region"
  content = jsonencode({ Version = "2012-10-17", Statement = [merge(local.keep, { Condition = { StringNotEquals = { "aws:RequestedRegion" = "eu-central-1" } } })] })
}

resource "aws_organizations_policy" "allows_all_but" {
  name    = "shop-prod-allows-all-but"
  content = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "*", Resource = "*", Condition = { StringNotLike = { "aws:PrincipalArn" = "*" } } }] })
}

resource "aws_organizations_policy" "denies_any" {
  name    = "shop-prod-denies-any"
  content = jsonencode({ Version = "2012-10-17", Statement = [merge(local.keep, { Condition = { StringLike = { "aws:PrincipalArn" = "*" } } })] })
}

locals {
  keep = { Effect = "Deny", Action = "cloudtrail:StopLogging", Resource = "*" }
}

resource "aws_organizations_policy" "by_tag" {
  name    = "shop-prod-by-tag"
  content = jsonencode({ Version = "2012-10-17", Statement = [merge(local.keep, { Condition = { StringNotLike = { "aws:RequestTag/Owner" = "*" } } })] })
}

resource "aws_cloudtrail" "one_service" {
  name           = "shop-prod-one-service"
  s3_bucket_name = "shop-prod-audit"
  advanced_event_selector {
    field_selector {
      field  = "eventCategory"
      equals = ["Management"]
    }
  }
  advanced_event_selector {
    field_selector {
      field  = "eventCategory"
      equals = ["Data"]
    }
    field_selector {
      field  = "resources.type"
      equals = ["AWS::S3::Object"]
    }
    field_selector {
      field  = "eventSource"
      equals = ["s3.amazonaws.com"]
    }
  }
}

resource "aws_guardduty_filter" "shows" {
  name        = "shop-prod-shows"
  detector_id = "12abc34d567e8fa901bc2d34e56789f0"
  action      = "NOOP"
  rank        = 1
  finding_criteria {
    criterion {
      field                 = "severity"
      greater_than_or_equal = "1"
    }
  }
}

resource "aws_inspector2_filter" "shows" {
  name   = "shop-prod-shows"
  action = "NONE"
  filter_criteria {
    severity {
      comparison = "EQUALS"
      value      = "CRITICAL"
    }
  }
}

resource "aws_cloudtrail" "reads_data" {
  name           = "shop-prod-reads-data"
  s3_bucket_name = "shop-prod-audit"
  advanced_event_selector {
    field_selector {
      field  = "eventCategory"
      equals = ["Management"]
    }
    field_selector {
      field  = "eventName"
      equals = ["true"]
    }
  }
}

resource "aws_cloudtrail" "reads_objects" {
  name           = "shop-prod-reads-objects"
  s3_bucket_name = "shop-prod-audit"
  advanced_event_selector {
    field_selector {
      field  = "eventCategory"
      equals = ["Data"]
    }
    field_selector {
      field  = "readOnly"
      equals = ["true"]
    }
    field_selector {
      field  = "resources.type"
      equals = ["AWS::S3::Object"]
    }
  }
  advanced_event_selector {
    field_selector {
      field  = "eventCategory"
      equals = ["Management"]
    }
  }
}

resource "aws_cloudtrail" "only_objects" {
  name           = "shop-prod-only-objects"
  s3_bucket_name = "shop-prod-audit"
  advanced_event_selector {
    field_selector {
      field  = "eventCategory"
      equals = ["Data"]
    }
    field_selector {
      field  = "readOnly"
      equals = ["true"]
    }
    field_selector {
      field  = "resources.type"
      equals = ["AWS::S3::Object"]
    }
  }
}

resource "aws_msk_cluster" "never_logged" {
  cluster_name           = "shop-prod-never-logged"
  kafka_version          = "3.7.x"
  number_of_broker_nodes = 3
  enhanced_monitoring    = "PER_BROKER"
  broker_node_group_info {
    instance_type   = "kafka.m7g.large"
    client_subnets  = ["subnet-1", "subnet-2", "subnet-3"]
    security_groups = ["sg-1"]
  }
}

# Outside of production, a distribution needs no firewall.
resource "aws_cloudfront_distribution" "this" {
  enabled = true
  comment = "shop-prod-site"

  origin {
    domain_name = "origin.shop.example"
    origin_id   = "shop"
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
    target_origin_id       = "shop"
    viewer_protocol_policy = "https-only"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    cloudfront_default_certificate = true
  }
}
