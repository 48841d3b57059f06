# The same resources without the faults.

resource "aws_eks_cluster" "this" {
  name                      = "shop-prod-k"
  role_arn                  = "arn:aws:iam::${var.account}:role/shop-prod-worker"
  enabled_cluster_log_types = ["audit"]
  vpc_config {
    subnet_ids             = ["subnet-1", "subnet-2"]
    endpoint_public_access = false
    public_access_cidrs    = ["10.0.0.0/8"]
  }
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = "arn:aws:kms:${var.region}:${var.account}:key/shop"
    }
  }
}

resource "aws_default_subnet" "this" {
  availability_zone       = "${var.region}a"
  map_public_ip_on_launch = false
}

resource "aws_subnet" "this" {
  vpc_id                  = "vpc-1"
  cidr_block              = "10.0.1.0/24"
  map_public_ip_on_launch = false
}

resource "aws_instance" "this" {
  ami           = var.image
  instance_type = "t4g.micro"
  root_block_device {
    encrypted = true
  }
  associate_public_ip_address = false
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_spot_instance_request" "this" {
  ami           = var.image
  instance_type = "t4g.micro"
  root_block_device {
    encrypted = true
  }
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_launch_configuration" "this" {
  image_id      = var.image
  instance_type = "t4g.micro"
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_launch_template" "this" {
  name     = "shop-prod-t"
  image_id = var.image
  network_interfaces {
    associate_public_ip_address = "false"
  }
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_ecs_service" "this" {
  name            = "shop-prod-s"
  cluster         = "shop-prod-c"
  task_definition = "shop-prod-t:1"
  network_configuration {
    subnets          = ["subnet-1"]
    assign_public_ip = false
  }
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
}

resource "aws_ecs_task_set" "this" {
  cluster         = "shop-prod-c"
  service         = "shop-prod-s"
  task_definition = "shop-prod-t:1"
  network_configuration {
    subnets = ["subnet-1"]
  }
}

resource "aws_cloudwatch_event_target" "this" {
  rule     = "shop-prod-r"
  arn      = "arn:aws:ecs:${var.region}:${var.account}:cluster/shop-prod-c"
  role_arn = "arn:aws:iam::${var.account}:role/shop-prod-worker"
  dead_letter_config {
    arn = "arn:aws:sqs:${var.region}:${var.account}:shop-prod-d"
  }
  retry_policy {
    maximum_retry_attempts       = 3
    maximum_event_age_in_seconds = 3600
  }
  ecs_target {
    task_definition_arn = "arn:aws:ecs:${var.region}:${var.account}:task-definition/t:1"
    network_configuration {
      subnets = ["subnet-1"]
    }
  }
}

resource "aws_s3_bucket_acl" "this" {
  bucket = "shop-prod-b"
  acl    = "private"
}

resource "aws_s3_object" "this" {
  bucket  = "shop-prod-b"
  key     = "k"
  content = "x"
}

resource "aws_s3_account_public_access_block" "this" {
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_access_point" "this" {
  bucket = "shop-prod-b"
  name   = "shop-prod-p"
}

resource "aws_s3_bucket_ownership_controls" "this" {
  bucket = "shop-prod-b"
  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_secretsmanager_secret_policy" "this" {
  secret_arn          = "arn:aws:secretsmanager:${var.region}:${var.account}:secret:s"
  policy              = jsonencode({ Version = "2012-10-17", Statement = [] })
  block_public_policy = true
}

resource "aws_lambda_function_url" "this" {
  function_name      = "shop-prod-f"
  authorization_type = "AWS_IAM"
  cors {
    allow_origins = ["https://shop.example"]
  }
}

resource "aws_api_gateway_method" "this" {
  rest_api_id   = "a"
  resource_id   = "r"
  http_method   = "GET"
  authorization = "AWS_IAM"
}

resource "aws_apigatewayv2_route" "this" {
  api_id             = "a"
  route_key          = "GET /x"
  authorization_type = "AWS_IAM"
}

resource "aws_appsync_graphql_api" "this" {
  name                = "shop-prod-a"
  authentication_type = "AWS_IAM"
  log_config {
    cloudwatch_logs_role_arn = "arn:aws:iam::${var.account}:role/shop-prod-worker"
    field_log_level          = "ERROR"
  }
}

resource "aws_ami_launch_permission" "this" {
  image_id   = var.image
  account_id = var.account
}

resource "aws_ebs_snapshot_block_public_access" "this" {
  state = "block-all-sharing"
}

resource "aws_ec2_image_block_public_access" "this" {
  state = "block-new-sharing"
}

resource "aws_emr_block_public_access_configuration" "this" {
  block_public_security_group_rules = true
}

resource "aws_db_snapshot" "this" {
  db_instance_identifier = "shop-prod-d"
  db_snapshot_identifier = "shop-prod-s"
  shared_accounts        = [var.account]
}

resource "aws_ram_resource_share" "this" {
  name                      = "shop-prod-r"
  allow_external_principals = false
}

resource "aws_apprunner_service" "this" {
  service_name = "shop-prod-a"
  source_configuration {
    auto_deployments_enabled = false

    image_repository {
      image_identifier      = "public.ecr.aws/x/y:1"
      image_repository_type = "ECR_PUBLIC"
    }
  }
  network_configuration {
    ingress_configuration {
      is_publicly_accessible = false
    }
  }
}

resource "aws_sagemaker_notebook_instance" "this" {
  name                   = "shop-prod-n"
  instance_type          = "ml.t3.medium"
  role_arn               = "arn:aws:iam::${var.account}:role/shop-prod-worker"
  direct_internet_access = "Disabled"
  security_groups        = ["sg-1"]
  subnet_id              = "subnet-1"
  root_access            = "Disabled"
  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "2"
  }
  kms_key_id = "arn:aws:kms:${var.region}:${var.account}:key/shop"
}

resource "aws_msk_cluster" "this" {
  cluster_name           = "shop-prod-m"
  kafka_version          = "3.6.0"
  number_of_broker_nodes = 2
  broker_node_group_info {
    instance_type   = "kafka.m5.large"
    client_subnets  = ["subnet-1", "subnet-2"]
    security_groups = [aws_security_group.brokers.id]
  }
  encryption_info {
    encryption_at_rest_kms_key_arn = "arn:aws:kms:${var.region}:${var.account}:key/shop"

    encryption_in_transit {
      client_broker = "TLS"
      in_cluster    = true
    }
  }
  logging_info {
    broker_logs {
      cloudwatch_logs {
        enabled   = true
        log_group = "shop"
      }
    }
  }
}

resource "aws_transfer_server" "this" {
  endpoint_type        = "VPC"
  security_policy_name = "TransferSecurityPolicy-2024-01"
  endpoint_details {
    vpc_id     = "vpc-1"
    subnet_ids = ["subnet-1"]
  }
}

resource "aws_vpc_endpoint_service" "this" {
  network_load_balancer_arns = ["arn:aws:elasticloadbalancing:${var.region}:${var.account}:loadbalancer/net/n/1"]
  acceptance_required        = true
}

resource "aws_ec2_client_vpn_authorization_rule" "this" {
  client_vpn_endpoint_id = "cvpn-endpoint-1"
  target_network_cidr    = "10.0.0.0/16"
  access_group_id        = "g"
}

resource "aws_ec2_transit_gateway" "this" {
  auto_accept_shared_attachments = "disable"
}

resource "aws_cognito_identity_pool" "this" {
  identity_pool_name               = "shop-prod-i"
  allow_unauthenticated_identities = false
}

resource "aws_cognito_user_pool" "this" {
  name                = "shop-prod-u"
  deletion_protection = "ACTIVE"
  mfa_configuration   = "ON"
  software_token_mfa_configuration {
    enabled = true
  }
  admin_create_user_config {
    allow_admin_create_user_only = true
  }
  password_policy {
    minimum_length                   = 12
    temporary_password_validity_days = 7
  }
}

resource "aws_opensearchserverless_security_policy" "this" {
  name   = "shop"
  type   = "network"
  policy = jsonencode([{ AllowFromPublic = false }])
}

resource "aws_vpclattice_service" "this" {
  name      = "shop-prod-v"
  auth_type = "AWS_IAM"
}

resource "aws_lb" "this" {
  name                       = "shop-prod-l"
  load_balancer_type         = "application"
  subnets                    = ["subnet-1", "subnet-2"]
  drop_invalid_header_fields = true
  enable_deletion_protection = true
  access_logs {
    bucket  = "shop-prod-logs"
    enabled = true
  }
}

resource "aws_efs_file_system" "this" {
  encrypted = true
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = "shop-prod-e"
  description                = "d"
  engine                     = "redis"
  node_type                  = "cache.m7g.large"
  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
  snapshot_retention_limit   = 7
  automatic_failover_enabled = true
  num_cache_clusters         = 2
}

resource "aws_appsync_api_cache" "this" {
  api_id                     = "a"
  api_caching_behavior       = "FULL_REQUEST_CACHING"
  type                       = "SMALL"
  ttl                        = 60
  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
}

resource "aws_redshift_cluster" "this" {
  cluster_identifier                  = "shop-prod-r"
  node_type                           = "ra3.large"
  master_username                     = "shop"
  manage_master_password              = true
  encrypted                           = true
  publicly_accessible                 = false
  automated_snapshot_retention_period = 7
  enhanced_vpc_routing                = true
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "last"
}

resource "aws_ami_copy" "this" {
  name              = "shop-prod-a"
  source_ami_id     = var.image
  source_ami_region = var.region
  encrypted         = true
}

resource "aws_ebs_snapshot_copy" "this" {
  source_snapshot_id = "snap-1"
  source_region      = var.region
  encrypted          = true
}

resource "aws_rds_global_cluster" "this" {
  global_cluster_identifier = "shop-prod-g"
  engine                    = "aurora-postgresql"
  storage_encrypted         = true
  deletion_protection       = true
}

resource "aws_kinesis_stream" "this" {
  name            = "shop-prod-k"
  shard_count     = 1
  encryption_type = "KMS"
  kms_key_id      = "alias/aws/kinesis"
}

resource "aws_opensearch_domain" "this" {
  domain_name = "shop-prod-o"

  cluster_config {
    instance_count         = 2
    zone_awareness_enabled = true
  }
  engine_version = "OpenSearch_2.11"
  vpc_options {
    subnet_ids = ["subnet-1"]
  }
  encrypt_at_rest {
    enabled = true
  }
  node_to_node_encryption {
    enabled = true
  }
  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
  }
  advanced_security_options {
    enabled = true
  }
  log_publishing_options {
    log_type                 = "AUDIT_LOGS"
    cloudwatch_log_group_arn = "arn:aws:logs:${var.region}:${var.account}:log-group:shop"
  }
}

resource "aws_workspaces_workspace" "this" {
  directory_id                   = "d-1"
  bundle_id                      = "b-1"
  user_name                      = "dana"
  root_volume_encryption_enabled = true
  user_volume_encryption_enabled = true
  volume_encryption_key          = "alias/aws/workspaces"
}

resource "aws_codebuild_project" "this" {
  name         = "shop-prod-c"
  service_role = "arn:aws:iam::${var.account}:role/shop-prod-worker"
  artifacts {
    type     = "S3"
    location = "shop-prod-b"
  }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }
  source {
    type     = "GITHUB_ENTERPRISE"
    location = "https://git.shop.example/r.git"
  }
}

resource "aws_athena_workgroup" "this" {
  name = "shop-prod-a"
  configuration {
    result_configuration {
      output_location = "s3://shop-prod-b/"
      encryption_configuration {
        encryption_option = "SSE_S3"
      }
    }
  }
}

resource "aws_athena_database" "this" {
  name   = "shop"
  bucket = "shop-prod-b"
  encryption_configuration {
    encryption_option = "SSE_S3"
  }
}

resource "aws_dax_cluster" "this" {
  cluster_name                     = "shop-prod-d"
  iam_role_arn                     = "arn:aws:iam::${var.account}:role/shop-prod-worker"
  node_type                        = "dax.t3.small"
  replication_factor               = 3
  cluster_endpoint_encryption_type = "TLS"
  server_side_encryption {
    enabled = true
  }
}

resource "aws_secretsmanager_secret" "this" {
  name                    = "shop-prod-s"
  kms_key_id              = "arn:aws:kms:${var.region}:${var.account}:key/shop"
  recovery_window_in_days = 30
}

resource "aws_ecr_repository" "this" {
  name                 = "shop-prod-e"
  image_tag_mutability = "IMMUTABLE"
  image_scanning_configuration {
    scan_on_push = true
  }
  encryption_configuration {
    encryption_type = "KMS"
  }
}

resource "aws_backup_vault" "this" {
  name        = "shop-prod-b"
  kms_key_arn = "arn:aws:kms:${var.region}:${var.account}:key/shop"
}

resource "aws_lb_listener" "this" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:${var.region}:${var.account}:loadbalancer/app/l/1"
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

resource "aws_alb_listener" "this" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:${var.region}:${var.account}:loadbalancer/app/l/1"
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = "arn:aws:acm:${var.region}:${var.account}:certificate/c"
  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:${var.region}:${var.account}:targetgroup/t/1"
  }
}

resource "aws_elb" "this" {
  name    = "shop-prod-elb"
  subnets = ["subnet-1"]
  listener {
    instance_port      = 80
    instance_protocol  = "http"
    lb_port            = 443
    lb_protocol        = "https"
    ssl_certificate_id = "arn:aws:acm:${var.region}:${var.account}:certificate/c"
  }
  access_logs {
    bucket = "shop-prod-logs"
  }
}

resource "aws_cloudfront_distribution" "this" {
  web_acl_id = "arn:aws:wafv2:${var.region}:${var.account}:global/webacl/shop/1"
  enabled    = true
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "o"
    cache_policy_id        = "p"
    viewer_protocol_policy = "redirect-to-https"
  }
  ordered_cache_behavior {
    path_pattern           = "/x"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "o"
    cache_policy_id        = "p"
    viewer_protocol_policy = "https-only"
  }
  origin {
    domain_name = "o.shop.example"
    origin_id   = "o"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:us-east-1:${var.account}:certificate/c"
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
  logging_config {
    bucket = "shop-prod-logs.s3.amazonaws.com"
  }
}

resource "aws_api_gateway_domain_name" "this" {
  domain_name              = "shop.example"
  regional_certificate_arn = "arn:aws:acm:${var.region}:${var.account}:certificate/c"
  endpoint_configuration {
    types = ["REGIONAL"]
  }
  security_policy = "TLS_1_2"
}

resource "aws_api_gateway_stage" "this" {
  rest_api_id          = "a"
  deployment_id        = "d"
  stage_name           = "prod"
  xray_tracing_enabled = true
  access_log_settings {
    destination_arn = "arn:aws:logs:${var.region}:${var.account}:log-group:shop"
    format          = "$context.requestId"
  }
}

resource "aws_apigatewayv2_stage" "this" {
  api_id = "a"
  name   = "prod"
  access_log_settings {
    destination_arn = "arn:aws:logs:${var.region}:${var.account}:log-group:shop"
    format          = "$context.requestId"
  }
}

resource "aws_memorydb_cluster" "this" {
  name                     = "shop-prod-m"
  node_type                = "db.r6g.large"
  acl_name                 = "shop"
  snapshot_retention_limit = 7
}

resource "aws_db_proxy" "this" {
  name           = "shop-prod-p"
  engine_family  = "POSTGRESQL"
  role_arn       = "arn:aws:iam::${var.account}:role/shop-prod-worker"
  vpc_subnet_ids = ["subnet-1", "subnet-2"]
  auth {
    secret_arn = "arn:aws:secretsmanager:${var.region}:${var.account}:secret:s"
  }
  require_tls = true
}

resource "aws_dms_endpoint" "this" {
  endpoint_id     = "shop-prod-d"
  endpoint_type   = "source"
  engine_name     = "postgres"
  server_name     = "db"
  port            = 5432
  database_name   = "shop"
  username        = "shop"
  password        = var.word
  ssl_mode        = "verify-full"
  certificate_arn = "arn:aws:dms:${var.region}:${var.account}:cert:c"
}

resource "aws_sns_topic_subscription" "this" {
  topic_arn = "arn:aws:sns:${var.region}:${var.account}:t"
  protocol  = "https"
  endpoint  = "https://shop.example"
}

resource "aws_cloudtrail" "this" {
  name                       = "shop-prod-t"
  s3_bucket_name             = "shop-prod-logs"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = "arn:aws:kms:${var.region}:${var.account}:key/shop"
  cloud_watch_logs_group_arn = "arn:aws:logs:${var.region}:${var.account}:log-group:shop:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam::${var.account}:role/shop-prod-worker"
}

resource "aws_config_configuration_recorder_status" "this" {
  name       = "default"
  is_enabled = true
}

resource "aws_config_configuration_recorder" "this" {
  name     = "shop-prod-c"
  role_arn = "arn:aws:iam::${var.account}:role/shop-prod-worker"
  recording_group {
    all_supported                 = true
    include_global_resource_types = true
  }
}

resource "aws_guardduty_detector" "this" {
  enable = true
}

resource "aws_macie2_account" "this" {
  status = "ENABLED"
}

resource "aws_mq_broker" "this" {
  encryption_options {
    use_aws_owned_key = false
    kms_key_id        = "arn:aws:kms:${var.region}:${var.account}:key/shop"
  }

  broker_name        = "shop-prod-q"
  engine_type        = "ActiveMQ"
  deployment_mode    = "ACTIVE_STANDBY_MULTI_AZ"
  engine_version     = "5.18"
  host_instance_type = "mq.t3.micro"
  user {
    username = "shop"
    password = var.word
  }
  auto_minor_version_upgrade = true
  logs {
    general = true
    audit   = true
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/shop/prod/x"
  kms_key_id        = "arn:aws:kms:${var.region}:${var.account}:key/shop"
  retention_in_days = 30
}

resource "aws_kms_key" "this" {
  description             = "d"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_route53_zone" "this" {
  name = "shop.example"
}

resource "aws_db_instance" "this" {
  identifier                          = "shop-prod-d"
  engine                              = "postgres"
  instance_class                      = "db.r6g.large"
  allocated_storage                   = 20
  username                            = "shop"
  storage_encrypted                   = true
  deletion_protection                 = true
  backup_retention_period             = 7
  manage_master_user_password         = true
  multi_az                            = true
  iam_database_authentication_enabled = true
  performance_insights_enabled        = true
  enabled_cloudwatch_logs_exports     = ["postgresql"]
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "last"
}

resource "aws_rds_cluster" "this" {
  cluster_identifier                  = "shop-prod-c"
  engine                              = "aurora-postgresql"
  master_username                     = "shop"
  storage_encrypted                   = true
  deletion_protection                 = true
  backup_retention_period             = 7
  manage_master_user_password         = true
  iam_database_authentication_enabled = true
  enabled_cloudwatch_logs_exports     = ["postgresql"]
}

resource "aws_rds_cluster_instance" "this" {
  cluster_identifier           = "shop-prod-c"
  identifier                   = "shop-prod-i"
  engine                       = "aurora-postgresql"
  instance_class               = "db.r6g.large"
  performance_insights_enabled = true
}

resource "aws_ecs_task_definition" "this" {
  family                   = "shop-prod-t"
  cpu                      = 256
  memory                   = 512
  requires_compatibilities = ["EC2"]
  network_mode             = "awsvpc"
  container_definitions    = jsonencode([{ name = "a", image = "shop/a:1.2", user = "1000", memory = 128, healthCheck = { command = ["CMD", "true"] } }])
  volume {
    name = "v"
    efs_volume_configuration {
      file_system_id     = "fs-1"
      transit_encryption = "ENABLED"
    }
  }
}

resource "aws_iam_account_password_policy" "this" {
  minimum_password_length      = 14
  require_lowercase_characters = true
  require_uppercase_characters = true
  require_numbers              = true
  require_symbols              = true
  password_reuse_prevention    = 24
}

resource "aws_ecs_cluster" "this" {
  name = "shop-prod-c"
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_ssm_document" "this" {
  name          = "shop-prod-d"
  document_type = "Command"
  content       = "{}"
}

resource "aws_ses_receipt_rule" "this" {
  name          = "shop-prod-r"
  rule_set_name = "r"
  tls_policy    = "Require"
  scan_enabled  = true
}

resource "aws_dynamodb_table_replica" "this" {
  global_table_arn            = "arn:aws:dynamodb:eu-west-1:${var.account}:table/shop"
  deletion_protection_enabled = true
}

resource "aws_networkfirewall_firewall" "this" {
  name                = "shop-prod-n"
  firewall_policy_arn = "arn:aws:network-firewall:${var.region}:${var.account}:firewall-policy/p"
  vpc_id              = "vpc-1"
  subnet_mapping {
    subnet_id = "subnet-1"
  }
  delete_protection = true
}

resource "aws_globalaccelerator_accelerator" "this" {
  name = "shop-prod-g"
  attributes {
    flow_logs_enabled   = true
    flow_logs_s3_bucket = "shop-prod-logs"
    flow_logs_s3_prefix = "g"
  }
}

resource "aws_ec2_instance_metadata_defaults" "this" {
  http_tokens = "required"
}

resource "aws_lightsail_database" "this" {
  skip_final_snapshot      = false
  final_snapshot_name      = "shop-prod-last"
  relational_database_name = "shop-prod-l"
  availability_zone        = "${var.region}a"
  master_database_name     = "shop"
  master_username          = "shop"
  master_password          = var.word
  blueprint_id             = "postgres_12"
  bundle_id                = "micro_1_0"
}

resource "aws_batch_job_definition" "this" {
  name                 = "shop-prod-b"
  type                 = "container"
  container_properties = jsonencode({ image = "shop/a:1.2", privileged = false })
}

resource "aws_glue_job" "this" {
  name     = "shop-prod-g"
  role_arn = "arn:aws:iam::${var.account}:role/shop-prod-worker"
  command {
    script_location = "s3://shop-prod-b/x.py"
  }
  security_configuration = "shop"
}

resource "aws_glue_security_configuration" "this" {
  name = "shop-prod-g"
  encryption_configuration {
    cloudwatch_encryption {
      cloudwatch_encryption_mode = "SSE-KMS"
      kms_key_arn                = "arn:aws:kms:${var.region}:${var.account}:key/shop"
    }
    job_bookmarks_encryption {
      job_bookmarks_encryption_mode = "CSE-KMS"
      kms_key_arn                   = "arn:aws:kms:${var.region}:${var.account}:key/shop"
    }
    s3_encryption {
      s3_encryption_mode = "SSE-KMS"
      kms_key_arn        = "arn:aws:kms:${var.region}:${var.account}:key/shop"
    }
  }
}

# The name of a resource in the plan is part of the text.
resource "aws_batch_job_definition" "own_image" {
  name                 = "shop-prod-o"
  type                 = "container"
  container_properties = jsonencode({ image = "${aws_ecr_repository.this.repository_url}:1.2" })
}

# A dynamic block with values that the plan contains.
resource "aws_launch_template" "dynamic" {
  name     = "shop-prod-dynamic"
  image_id = var.image

  metadata_options {
    http_tokens = "required"
  }

  dynamic "network_interfaces" {
    for_each = ["false"]

    content {
      associate_public_ip_address = network_interfaces.value
      security_groups             = [aws_security_group.brokers.id]
    }
  }
}

resource "aws_security_group" "brokers" {
  name   = "shop-prod-brokers"
  vpc_id = "vpc-1"
}

# A replica takes its password and its copies from its source.
resource "aws_db_instance" "replica" {
  identifier                          = "shop-prod-r"
  instance_class                      = "db.r6g.large"
  replicate_source_db                 = aws_db_instance.this.arn
  deletion_protection                 = true
  iam_database_authentication_enabled = true
  performance_insights_enabled        = true
  enabled_cloudwatch_logs_exports     = ["postgresql"]
  skip_final_snapshot                 = true
}

variable "account" {
  description = "Account that the resources belong to."
  type        = string
  default     = "123456789012"
}

variable "image" {
  description = "Machine image."
  type        = string
  default     = "ami-0abcdef1234567890"
}

variable "word" {
  description = "Password, from a secret store."
  type        = string
  sensitive   = true
  default     = "given-by-the-caller"
}

resource "aws_ecr_lifecycle_policy" "this" {
  repository = aws_ecr_repository.this.name
  policy     = jsonencode({ rules = [] })
}

resource "aws_appautoscaling_target" "service" {
  service_namespace  = "ecs"
  resource_id        = "service/shop-prod/${aws_ecs_service.this.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = 2
  max_capacity       = 8
}

resource "aws_wafv2_web_acl_association" "front" {
  resource_arn = aws_lb.this.arn
  web_acl_arn  = var.web_acl
}

variable "web_acl" {
  description = "ARN of the firewall."
  type        = string
  default     = "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/shop/1"
}

resource "aws_networkfirewall_logging_configuration" "this" {
  firewall_arn = aws_networkfirewall_firewall.this.arn

  logging_configuration {
    log_destination_config {
      log_destination      = { logGroup = "/shop/prod/firewall" }
      log_destination_type = "CloudWatchLogs"
      log_type             = "ALERT"
    }
  }
}

resource "aws_route53_query_log" "this" {
  cloudwatch_log_group_arn = "arn:aws:logs:us-east-1:${var.account}:log-group:/aws/route53/shop"
  zone_id                  = aws_route53_zone.this.zone_id
}

resource "aws_redshift_logging" "this" {
  cluster_identifier   = aws_redshift_cluster.this.id
  log_destination_type = "cloudwatch"
  log_exports          = ["connectionlog", "userlog"]
}

# Alarms for what is watched in production.
resource "aws_cloudwatch_metric_alarm" "database" {
  alarm_name          = "shop-prod-database"
  namespace           = "AWS/RDS"
  metric_name         = "CPUUtilization"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 80
  comparison_operator = "GreaterThanThreshold"
  dimensions          = { DBInstanceIdentifier = aws_db_instance.this.identifier }
  alarm_actions       = ["arn:aws:sns:${var.region}:${var.account}:shop-prod-alarms"]
}

resource "aws_cloudwatch_metric_alarm" "replica" {
  alarm_name          = "shop-prod-replica"
  namespace           = "AWS/RDS"
  metric_name         = "CPUUtilization"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 80
  comparison_operator = "GreaterThanThreshold"
  dimensions          = { DBInstanceIdentifier = aws_db_instance.replica.identifier }
  alarm_actions       = ["arn:aws:sns:${var.region}:${var.account}:shop-prod-alarms"]
}

resource "aws_cloudwatch_metric_alarm" "service" {
  alarm_name          = "shop-prod-service"
  namespace           = "AWS/ECS"
  metric_name         = "CPUUtilization"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 80
  comparison_operator = "GreaterThanThreshold"
  dimensions          = { ServiceName = aws_ecs_service.this.name }
  alarm_actions       = ["arn:aws:sns:${var.region}:${var.account}:shop-prod-alarms"]
}

resource "aws_cloudwatch_metric_alarm" "cache" {
  alarm_name          = "shop-prod-cache"
  namespace           = "AWS/ElastiCache"
  metric_name         = "EngineCPUUtilization"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 80
  comparison_operator = "GreaterThanThreshold"
  dimensions          = { ReplicationGroupId = aws_elasticache_replication_group.this.id }
  alarm_actions       = ["arn:aws:sns:${var.region}:${var.account}:shop-prod-alarms"]
}

resource "aws_cloudwatch_metric_alarm" "balancer" {
  alarm_name          = "shop-prod-balancer"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_Target_5XX_Count"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 80
  comparison_operator = "GreaterThanThreshold"
  dimensions          = { LoadBalancer = aws_lb.this.arn_suffix }
  alarm_actions       = ["arn:aws:sns:${var.region}:${var.account}:shop-prod-alarms"]
}

resource "aws_cloudwatch_metric_alarm" "search" {
  alarm_name          = "shop-prod-search"
  namespace           = "AWS/ES"
  metric_name         = "CPUUtilization"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 80
  comparison_operator = "GreaterThanThreshold"
  dimensions          = { DomainName = aws_opensearch_domain.this.domain_name }
  alarm_actions       = ["arn:aws:sns:${var.region}:${var.account}:shop-prod-alarms"]
}

resource "aws_cloudwatch_metric_alarm" "cluster" {
  alarm_name          = "shop-prod-cluster"
  namespace           = "AWS/RDS"
  metric_name         = "CPUUtilization"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 80
  comparison_operator = "GreaterThanThreshold"
  dimensions          = { DBClusterIdentifier = aws_rds_cluster.this.cluster_identifier }
  alarm_actions       = ["arn:aws:sns:${var.region}:${var.account}:shop-prod-alarms"]
}

