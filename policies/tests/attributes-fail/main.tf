# One resource of each type with every fault that the tables in `policies/data` know of.

resource "aws_eks_cluster" "this" {
  name     = "shop-prod-k"
  role_arn = "arn:aws:iam::${var.account}:role/shop-prod-worker"
  vpc_config {
    subnet_ids             = ["subnet-1", "subnet-2"]
    endpoint_public_access = true
    public_access_cidrs    = ["0.0.0.0/0"]
  }
}

resource "aws_default_subnet" "this" {
  availability_zone       = "${var.region}a"
  map_public_ip_on_launch = true
}

resource "aws_subnet" "this" {
  vpc_id                  = "vpc-1"
  cidr_block              = "10.0.1.0/24"
  map_public_ip_on_launch = true
}

resource "aws_instance" "this" {
  ami           = var.image
  instance_type = "t4g.micro"
  root_block_device {
    encrypted = true
  }
  associate_public_ip_address = true
}

resource "aws_spot_instance_request" "this" {
  ami           = var.image
  instance_type = "t4g.micro"
  root_block_device {
    encrypted = true
  }
  associate_public_ip_address = true
}

resource "aws_launch_configuration" "this" {
  image_id                    = var.image
  instance_type               = "t4g.micro"
  associate_public_ip_address = true
}

resource "aws_launch_template" "this" {
  name     = "shop-prod-t"
  image_id = var.image
  network_interfaces {
    associate_public_ip_address = "true"
  }
}

resource "aws_ecs_service" "this" {
  name                   = "shop-prod-s"
  cluster                = "shop-prod-c"
  task_definition        = "shop-prod-t:1"
  enable_execute_command = true
  network_configuration {
    subnets          = ["subnet-1"]
    assign_public_ip = true
  }
}

resource "aws_ecs_task_set" "this" {
  cluster         = "shop-prod-c"
  service         = "shop-prod-s"
  task_definition = "shop-prod-t:1"
  network_configuration {
    subnets          = ["subnet-1"]
    assign_public_ip = true
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
      subnets          = ["subnet-1"]
      assign_public_ip = true
    }
  }
}

resource "aws_s3_bucket_acl" "this" {
  bucket = "shop-prod-b"
  acl    = "public-read"
}

resource "aws_s3_object" "this" {
  bucket  = "shop-prod-b"
  key     = "k"
  content = "x"
  acl     = "public-read"
}

resource "aws_s3_account_public_access_block" "this" {
  block_public_acls       = false
  block_public_policy     = false
  ignore_public_acls      = false
  restrict_public_buckets = false
}

resource "aws_s3_access_point" "this" {
  bucket = "shop-prod-b"
  name   = "shop-prod-p"
  public_access_block_configuration {
    block_public_acls       = false
    block_public_policy     = false
    ignore_public_acls      = false
    restrict_public_buckets = false
  }
}

resource "aws_s3_bucket_ownership_controls" "this" {
  bucket = "shop-prod-b"
  rule {
    object_ownership = "ObjectWriter"
  }
}

resource "aws_secretsmanager_secret_policy" "this" {
  secret_arn = "arn:aws:secretsmanager:${var.region}:${var.account}:secret:s"
  policy     = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_lambda_function_url" "this" {
  function_name      = "shop-prod-f"
  authorization_type = "NONE"
  cors {
    allow_origins = ["*"]
  }
}

resource "aws_api_gateway_method" "this" {
  rest_api_id   = "a"
  resource_id   = "r"
  http_method   = "GET"
  authorization = "NONE"
}

resource "aws_apigatewayv2_route" "this" {
  api_id    = "a"
  route_key = "GET /x"
}

resource "aws_appsync_graphql_api" "this" {
  name                = "shop-prod-a"
  authentication_type = "API_KEY"
}

resource "aws_ami_launch_permission" "this" {
  image_id = var.image
  group    = "all"
}

resource "aws_ebs_snapshot_block_public_access" "this" {
  state = "unblocked"
}

resource "aws_ec2_image_block_public_access" "this" {
  state = "unblocked"
}

resource "aws_emr_block_public_access_configuration" "this" {
  block_public_security_group_rules = false
}

resource "aws_db_snapshot" "this" {
  db_instance_identifier = "shop-prod-d"
  db_snapshot_identifier = "shop-prod-s"
  shared_accounts        = ["all"]
}

resource "aws_ram_resource_share" "this" {
  name                      = "shop-prod-r"
  allow_external_principals = true
}

resource "aws_apprunner_service" "this" {
  service_name = "shop-prod-a"
  source_configuration {
    image_repository {
      image_identifier      = "public.ecr.aws/x/y:1"
      image_repository_type = "ECR_PUBLIC"
    }
  }
  network_configuration {
    ingress_configuration {
      is_publicly_accessible = true
    }
  }
}

resource "aws_sagemaker_notebook_instance" "this" {
  name          = "shop-prod-n"
  instance_type = "ml.t3.medium"
  role_arn      = "arn:aws:iam::${var.account}:role/shop-prod-worker"
}

resource "aws_msk_cluster" "this" {
  cluster_name           = "shop-prod-m"
  kafka_version          = "3.6.0"
  number_of_broker_nodes = 2
  broker_node_group_info {
    instance_type   = "kafka.m5.large"
    client_subnets  = ["subnet-1", "subnet-2"]
    security_groups = ["sg-1"]
    connectivity_info {
      public_access {
        type = "SERVICE_PROVIDED_EIPS"
      }
    }
  }
  client_authentication {
    unauthenticated = true
  }
  encryption_info {
    encryption_in_transit {
      client_broker = "PLAINTEXT"
      in_cluster    = false
    }
  }
}

resource "aws_transfer_server" "this" {
  protocols     = ["FTP"]
  endpoint_type = "PUBLIC"
}

resource "aws_vpc_endpoint_service" "this" {
  network_load_balancer_arns = ["arn:aws:elasticloadbalancing:${var.region}:${var.account}:loadbalancer/net/n/1"]
  acceptance_required        = false
}

resource "aws_ec2_client_vpn_authorization_rule" "this" {
  client_vpn_endpoint_id = "cvpn-endpoint-1"
  target_network_cidr    = "10.0.0.0/16"
  authorize_all_groups   = true
}

resource "aws_ec2_transit_gateway" "this" {
  auto_accept_shared_attachments = "enable"
}

resource "aws_cognito_identity_pool" "this" {
  identity_pool_name               = "shop-prod-i"
  allow_unauthenticated_identities = true
}

resource "aws_cognito_user_pool" "this" {
  name = "shop-prod-u"
  password_policy {
    minimum_length = 6
  }
}

resource "aws_opensearchserverless_security_policy" "this" {
  name   = "shop"
  type   = "network"
  policy = jsonencode([{ AllowFromPublic = true }])
}

resource "aws_vpclattice_service" "this" {
  name      = "shop-prod-v"
  auth_type = "NONE"
}

resource "aws_lb" "this" {
  name                   = "shop-prod-l"
  load_balancer_type     = "application"
  subnets                = ["subnet-1", "subnet-2"]
  desync_mitigation_mode = "monitor"
}

resource "aws_efs_file_system" "this" {
  encrypted = false
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id = "shop-prod-e"
  description          = "d"
  engine               = "redis"
  node_type            = "cache.t4g.micro"
}

resource "aws_appsync_api_cache" "this" {
  api_id               = "a"
  api_caching_behavior = "FULL_REQUEST_CACHING"
  type                 = "SMALL"
  ttl                  = 60
}

resource "aws_redshift_cluster" "this" {
  cluster_identifier     = "shop-prod-r"
  node_type              = "ra3.large"
  master_username        = "shop"
  manage_master_password = true
  encrypted              = false
  publicly_accessible    = true
  allow_version_upgrade  = false
  skip_final_snapshot    = true
}

resource "aws_ami_copy" "this" {
  name              = "shop-prod-a"
  source_ami_id     = var.image
  source_ami_region = var.region
}

resource "aws_ebs_snapshot_copy" "this" {
  source_snapshot_id = "snap-1"
  source_region      = var.region
}

resource "aws_rds_global_cluster" "this" {
  global_cluster_identifier = "shop-prod-g"
  engine                    = "aurora-postgresql"
}

resource "aws_kinesis_stream" "this" {
  name        = "shop-prod-k"
  shard_count = 1
}

resource "aws_opensearch_domain" "this" {
  domain_name    = "shop-prod-o"
  engine_version = "OpenSearch_2.11"
  domain_endpoint_options {
    enforce_https       = false
    tls_security_policy = "Policy-Min-TLS-1-0-2019-07"
  }
  log_publishing_options {
    log_type                 = "AUDIT_LOGS"
    cloudwatch_log_group_arn = "arn:aws:logs:${var.region}:${var.account}:log-group:shop"
    enabled                  = false
  }
}

resource "aws_workspaces_workspace" "this" {
  directory_id = "d-1"
  bundle_id    = "b-1"
  user_name    = "dana"
}

resource "aws_codebuild_project" "this" {
  name         = "shop-prod-c"
  service_role = "arn:aws:iam::${var.account}:role/shop-prod-worker"
  artifacts {
    type                = "S3"
    location            = "shop-prod-b"
    encryption_disabled = true
  }
  environment {
    compute_type    = "BUILD_GENERAL1_SMALL"
    image           = "aws/codebuild/standard:7.0"
    type            = "LINUX_CONTAINER"
    privileged_mode = true
  }
  source {
    type         = "GITHUB_ENTERPRISE"
    location     = "https://git.shop.example/r.git"
    insecure_ssl = true
  }
  logs_config {
    cloudwatch_logs {
      status = "DISABLED"
    }
    s3_logs {
      status              = "ENABLED"
      location            = "shop-prod-b/logs"
      encryption_disabled = true
    }
  }
}

resource "aws_athena_workgroup" "this" {
  name = "shop-prod-a"
  configuration {
    enforce_workgroup_configuration = false
    result_configuration {
      output_location = "s3://shop-prod-b/"
    }
  }
}

resource "aws_athena_database" "this" {
  name   = "shop"
  bucket = "shop-prod-b"
}

resource "aws_dax_cluster" "this" {
  cluster_name       = "shop-prod-d"
  iam_role_arn       = "arn:aws:iam::${var.account}:role/shop-prod-worker"
  node_type          = "dax.t3.small"
  replication_factor = 1
}

resource "aws_secretsmanager_secret" "this" {
  name                    = "shop-prod-s"
  recovery_window_in_days = 0
}

resource "aws_ecr_repository" "this" {
  name         = "shop-prod-e"
  force_delete = true
}

resource "aws_backup_vault" "this" {
  name          = "shop-prod-b"
  force_destroy = true
}

resource "aws_lb_listener" "this" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:${var.region}:${var.account}:loadbalancer/app/l/1"
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-2016-08"
  certificate_arn   = "arn:aws:acm:${var.region}:${var.account}:certificate/c"
  default_action {
    type = "redirect"
    redirect {
      protocol    = "HTTP"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_alb_listener" "this" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:${var.region}:${var.account}:loadbalancer/app/l/1"
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:${var.region}:${var.account}:targetgroup/t/1"
  }
}

resource "aws_elb" "this" {
  name    = "shop-prod-elb"
  subnets = ["subnet-1"]
  listener {
    instance_port     = 80
    instance_protocol = "http"
    lb_port           = 80
    lb_protocol       = "http"
  }
}

resource "aws_cloudfront_distribution" "this" {
  enabled = true
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
    viewer_protocol_policy = "allow-all"
  }
  ordered_cache_behavior {
    path_pattern           = "/x"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "o"
    cache_policy_id        = "p"
    viewer_protocol_policy = "allow-all"
  }
  origin {
    domain_name = "o.shop.example"
    origin_id   = "o"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "http-only"
      origin_ssl_protocols   = ["TLSv1"]
    }
  }
  viewer_certificate {
    cloudfront_default_certificate = true
  }
}

resource "aws_api_gateway_domain_name" "this" {
  domain_name              = "shop.example"
  regional_certificate_arn = "arn:aws:acm:${var.region}:${var.account}:certificate/c"
  endpoint_configuration {
    types = ["REGIONAL"]
  }
  security_policy = "TLS_1_0"
}

resource "aws_api_gateway_stage" "this" {
  rest_api_id   = "a"
  deployment_id = "d"
  stage_name    = "prod"
}

resource "aws_apigatewayv2_stage" "this" {
  api_id = "a"
  name   = "prod"
}

resource "aws_memorydb_cluster" "this" {
  name        = "shop-prod-m"
  node_type   = "db.t4g.small"
  acl_name    = "open-access"
  tls_enabled = false
}

resource "aws_db_proxy" "this" {
  name           = "shop-prod-p"
  engine_family  = "POSTGRESQL"
  role_arn       = "arn:aws:iam::${var.account}:role/shop-prod-worker"
  vpc_subnet_ids = ["subnet-1", "subnet-2"]
  auth {
    secret_arn = "arn:aws:secretsmanager:${var.region}:${var.account}:secret:s"
  }
}

resource "aws_dms_endpoint" "this" {
  endpoint_id   = "shop-prod-d"
  endpoint_type = "source"
  engine_name   = "postgres"
  server_name   = "db"
  port          = 5432
  database_name = "shop"
  username      = "shop"
  password      = var.password
  ssl_mode      = "none"
}

resource "aws_sns_topic_subscription" "this" {
  topic_arn = "arn:aws:sns:${var.region}:${var.account}:t"
  protocol  = "http"
  endpoint  = "http://shop.example"
}

resource "aws_cloudtrail" "this" {
  name                          = "shop-prod-t"
  s3_bucket_name                = "shop-prod-logs"
  enable_logging                = false
  include_global_service_events = false
}

resource "aws_config_configuration_recorder_status" "this" {
  name       = "default"
  is_enabled = false
}

resource "aws_config_configuration_recorder" "this" {
  name     = "shop-prod-c"
  role_arn = "arn:aws:iam::${var.account}:role/shop-prod-worker"
  recording_group {
    all_supported  = false
    resource_types = ["AWS::S3::Bucket"]
  }
}

resource "aws_guardduty_detector" "this" {
  enable = false
}

resource "aws_macie2_account" "this" {
  status = "PAUSED"
}

resource "aws_mq_broker" "this" {
  broker_name        = "shop-prod-q"
  engine_type        = "ActiveMQ"
  engine_version     = "5.18"
  host_instance_type = "mq.t3.micro"
  user {
    username = "shop"
    password = var.password
  }
  publicly_accessible = true
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/shop/prod/x"
  kms_key_id        = "arn:aws:kms:${var.region}:${var.account}:key/shop"
  retention_in_days = 1
}

resource "aws_kms_key" "this" {
  description                        = "d"
  deletion_window_in_days            = 7
  bypass_policy_lockout_safety_check = true
  is_enabled                         = false
}

resource "aws_s3_bucket" "this" {
  bucket        = "shop-prod-x"
  force_destroy = true
  acl           = "public-read-write"
}

resource "aws_route53_zone" "this" {
  name          = "shop.example"
  force_destroy = true
}

resource "aws_db_instance" "this" {
  identifier                 = "shop-prod-d"
  engine                     = "postgres"
  instance_class             = "db.t4g.micro"
  allocated_storage          = 20
  username                   = "shop"
  storage_encrypted          = true
  deletion_protection        = true
  backup_retention_period    = 7
  password                   = var.password
  publicly_accessible        = true
  skip_final_snapshot        = true
  auto_minor_version_upgrade = false
}

resource "aws_rds_cluster" "this" {
  cluster_identifier      = "shop-prod-c"
  engine                  = "aurora-postgresql"
  master_username         = "shop"
  storage_encrypted       = true
  deletion_protection     = true
  backup_retention_period = 7
  master_password         = var.password
  skip_final_snapshot     = true
}

resource "aws_rds_cluster_instance" "this" {
  cluster_identifier         = "shop-prod-c"
  identifier                 = "shop-prod-i"
  engine                     = "aurora-postgresql"
  instance_class             = "db.r6g.large"
  publicly_accessible        = true
  auto_minor_version_upgrade = false
}

resource "aws_ecs_task_definition" "this" {
  family                   = "shop-prod-t"
  cpu                      = 256
  memory                   = 512
  requires_compatibilities = ["EC2"]
  network_mode             = "host"
  pid_mode                 = "host"
  container_definitions    = jsonencode([{ name = "a", image = "shop/a:1.2", user = "1000", privileged = true, memory = 128, healthCheck = { command = ["CMD", "true"] } }])
  volume {
    name = "v"
    efs_volume_configuration {
      file_system_id = "fs-1"
    }
  }
}

resource "aws_iam_account_password_policy" "this" {
  minimum_password_length      = 8
  require_lowercase_characters = false
  require_uppercase_characters = false
  require_numbers              = false
  require_symbols              = false
}

resource "aws_ecs_cluster" "this" {
  name = "shop-prod-c"
}

resource "aws_ssm_document" "this" {
  name          = "shop-prod-d"
  document_type = "Command"
  content       = "{}"
  permissions = {
    type        = "Share"
    account_ids = "All"
  }
}

resource "aws_ses_receipt_rule" "this" {
  name          = "shop-prod-r"
  rule_set_name = "r"
}

resource "aws_dynamodb_table_replica" "this" {
  global_table_arn = "arn:aws:dynamodb:eu-west-1:${var.account}:table/shop"
}

resource "aws_networkfirewall_firewall" "this" {
  name                = "shop-prod-n"
  firewall_policy_arn = "arn:aws:network-firewall:${var.region}:${var.account}:firewall-policy/p"
  vpc_id              = "vpc-1"
  subnet_mapping {
    subnet_id = "subnet-1"
  }
}

resource "aws_globalaccelerator_accelerator" "this" {
  name = "shop-prod-g"
}

resource "aws_ec2_instance_metadata_defaults" "this" {
  http_tokens = "optional"
}

resource "aws_lightsail_database" "this" {
  relational_database_name = "shop-prod-l"
  availability_zone        = "${var.region}a"
  master_database_name     = "shop"
  master_username          = "shop"
  master_password          = var.password
  blueprint_id             = "postgres_12"
  bundle_id                = "micro_1_0"
  skip_final_snapshot      = true
  publicly_accessible      = true
}

resource "aws_batch_job_definition" "this" {
  name                 = "shop-prod-b"
  type                 = "container"
  container_properties = jsonencode({ image = "shop/a:1.2", privileged = true, volumes = [{ efsVolumeConfiguration = { transitEncryption = "DISABLED" } }] })
}

resource "aws_glue_job" "this" {
  name     = "shop-prod-g"
  role_arn = "arn:aws:iam::${var.account}:role/shop-prod-worker"
  command {
    script_location = "s3://shop-prod-b/x.py"
  }
}

resource "aws_glue_security_configuration" "this" {
  name = "shop-prod-g"
  encryption_configuration {
    cloudwatch_encryption {
      cloudwatch_encryption_mode = "DISABLED"
    }
    job_bookmarks_encryption {
      job_bookmarks_encryption_mode = "DISABLED"
    }
    s3_encryption {
      s3_encryption_mode = "DISABLED"
    }
  }
}

# Values that are only known after the apply: nobody sees before it whether they are those that the tables forbid.
resource "terraform_data" "hidden" {
  input = true
}

resource "aws_ecs_task_set" "hidden" {
  cluster         = "shop-prod-c"
  service         = "shop-prod-s"
  task_definition = "shop-prod-t:1"

  network_configuration {
    subnets          = ["subnet-1"]
    assign_public_ip = terraform_data.hidden.output
  }
}

resource "aws_efs_file_system" "hidden" {
  encrypted = terraform_data.hidden.output
}

resource "aws_launch_template" "hidden" {
  name     = "shop-prod-hidden"
  image_id = var.image

  metadata_options {
    http_tokens = "required"
  }

  dynamic "network_interfaces" {
    for_each = [1]

    content {
      associate_public_ip_address = terraform_data.hidden.output
    }
  }
}

# The provider fills in what the block leaves out.
resource "aws_launch_template" "half" {
  name     = "shop-prod-half"
  image_id = var.image

  metadata_options {
    http_endpoint = "enabled"
  }
}

# A dynamic block in a block.
resource "aws_codebuild_project" "hidden" {
  name         = "shop-prod-h"
  service_role = "arn:aws:iam::${var.account}:role/shop-prod-worker"

  artifacts {
    type = "NO_ARTIFACTS"
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }

  source {
    type     = "GITHUB"
    location = "https://git.shop.example/r.git"
  }

  logs_config {
    dynamic "cloudwatch_logs" {
      for_each = [1]

      content {
        status = terraform_data.hidden.output
      }
    }
  }
}

resource "aws_batch_job_definition" "hidden" {
  name                 = "shop-prod-h"
  type                 = "container"
  container_properties = terraform_data.hidden.output
}

resource "aws_db_instance" "hidden" {
  identifier                          = "shop-prod-h"
  engine                              = terraform_data.hidden.output
  instance_class                      = "db.t4g.micro"
  allocated_storage                   = 20
  username                            = "shop"
  storage_encrypted                   = true
  deletion_protection                 = true
  backup_retention_period             = 7
  manage_master_user_password         = true
  iam_database_authentication_enabled = true
  performance_insights_enabled        = true
  enabled_cloudwatch_logs_exports     = ["postgresql"]
  multi_az                            = true
  skip_final_snapshot                 = terraform_data.hidden.output
}

# A condition that is only known after the apply may hold.
resource "aws_elasticache_cluster" "hidden" {
  cluster_id = "shop-prod-h"
  engine     = terraform_data.hidden.output
}

# A flag of another resource.
resource "aws_instance" "other" {
  ami           = var.image
  instance_type = "t4g.micro"

  metadata_options {
    http_tokens = "required"
  }

  root_block_device {
    encrypted = true
  }
}

resource "aws_ecs_task_set" "copied" {
  cluster         = "shop-prod-c"
  service         = "shop-prod-s"
  task_definition = "shop-prod-t:1"

  network_configuration {
    subnets          = ["subnet-1"]
    assign_public_ip = aws_instance.other.associate_public_ip_address
  }
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

variable "password" {
  description = "Password, from a secret store."
  type        = string
  sensitive   = true
  default     = "given-by-the-caller"
}
