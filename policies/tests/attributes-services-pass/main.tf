# The same resources, each as it may be.
variable "account" {
  description = "Account that the resources belong to."
  type        = string
  default     = "123456789012"
}

resource "aws_mwaa_environment" "this" {
  name                  = "shop-prod-flows"
  dag_s3_path           = "dags/"
  execution_role_arn    = "arn:aws:iam::${var.account}:role/shop-prod-flows"
  source_bucket_arn     = "arn:aws:s3:::shop-prod-flows"
  webserver_access_mode = "PRIVATE_ONLY"

  network_configuration {
    security_group_ids = ["sg-1"]
    subnet_ids         = ["subnet-1", "subnet-2"]
  }

  logging_configuration {
    scheduler_logs {
      enabled = true
    }

    webserver_logs {
      enabled = true
    }

    worker_logs {
      enabled = true
    }
  }
}

resource "aws_eks_node_group" "this" {
  cluster_name    = "shop-prod-cluster"
  node_group_name = "shop-prod-nodes"
  node_role_arn   = "arn:aws:iam::${var.account}:role/shop-prod-nodes"
  subnet_ids      = ["subnet-1", "subnet-2"]

  scaling_config {
    desired_size = 2
    max_size     = 3
    min_size     = 2
  }

  remote_access {
    ec2_ssh_key               = "shop"
    source_security_group_ids = ["sg-1"]
  }
}

resource "aws_opensearch_domain" "this" {
  domain_name = "shop-prod"

  cluster_config {
    instance_count         = 2
    zone_awareness_enabled = true
  }
  engine_version = "OpenSearch_2.17"

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
    tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
  }

  advanced_security_options {
    enabled = true
  }

  log_publishing_options {
    log_type                 = "AUDIT_LOGS"
    cloudwatch_log_group_arn = "arn:aws:logs:${var.region}:${var.account}:log-group:shop"
  }
}

resource "aws_sagemaker_notebook_instance" "this" {
  name                   = "shop-prod-notebook"
  role_arn               = "arn:aws:iam::${var.account}:role/shop-prod-notebook"
  instance_type          = "ml.t3.medium"
  subnet_id              = "subnet-1"
  security_groups        = ["sg-1"]
  direct_internet_access = "Disabled"
  root_access            = "Disabled"
  kms_key_id             = "alias/shop"

  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "2"
  }
}

resource "aws_redshift_cluster" "this" {
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
}

resource "aws_apigatewayv2_api" "this" {
  name          = "shop-prod-api"
  protocol_type = "HTTP"

  cors_configuration {
    allow_origins = ["https://shop.example.com"]
  }
}

resource "aws_load_balancer_policy" "this" {
  load_balancer_name = "shop-prod-old"
  policy_name        = "shop-prod-old"
  policy_type_name   = "SSLNegotiationPolicyType"

  policy_attribute {
    name  = "Protocol-TLSv1.2"
    value = "true"
  }
}

resource "aws_ses_configuration_set" "this" {
  name = "shop-prod-mail"

  delivery_options {
    tls_policy = "Require"
  }
}

resource "aws_sesv2_configuration_set" "this" {
  configuration_set_name = "shop-prod-mail-2"

  delivery_options {
    tls_policy = "REQUIRE"
  }
}

resource "aws_emr_security_configuration" "this" {
  name = "shop-prod-emr"
  configuration = jsonencode({
    EncryptionConfiguration = { EnableInTransitEncryption = true, EnableAtRestEncryption = true }
  })
}

resource "aws_emr_cluster" "this" {
  name                   = "shop-prod-emr"
  release_label          = "emr-7.3.0"
  service_role           = "arn:aws:iam::${var.account}:role/shop-prod-emr"
  security_configuration = aws_emr_security_configuration.this.name
  termination_protection = true

  ec2_attributes {
    instance_profile = "shop-prod-emr"
  }

  master_instance_group {
    instance_type = "m6g.large"
  }
}

resource "aws_cloudfront_response_headers_policy" "this" {
  name = "shop-prod-headers"

  security_headers_config {
    strict_transport_security {
      access_control_max_age_sec = 31536000
      override                   = true
    }
  }
}

resource "aws_ssm_parameter" "this" {
  name   = "/shop/prod/greeting"
  type   = "SecureString"
  key_id = "alias/shop"
  value  = "hello"
}

resource "aws_waf_web_acl" "this" {
  name        = "shop-prod-waf"
  metric_name = "shopProdWaf"

  default_action {
    type = "ALLOW"
  }

  logging_configuration {
    log_destination = "arn:aws:firehose:${var.region}:${var.account}:deliverystream/shop"
  }
}

resource "aws_mq_broker" "this" {
  encryption_options {
    use_aws_owned_key = false
    kms_key_id        = "arn:aws:kms:${var.region}:${var.account}:key/shop"
  }

  broker_name                = "shop-prod-broker"
  engine_type                = "ActiveMQ"
  engine_version             = "5.18"
  host_instance_type         = "mq.m5.large"
  auto_minor_version_upgrade = true
  publicly_accessible        = false
  deployment_mode            = "ACTIVE_STANDBY_MULTI_AZ"

  user {
    username = "worker"
    password = var.word
  }

  logs {
    audit   = true
    general = true
  }
}

variable "word" {
  description = "Password of the broker."
  type        = string
  sensitive   = true
  default     = "given-by-the-caller"
}

resource "aws_appsync_graphql_api" "this" {
  name                = "shop-prod-graph"
  authentication_type = "AWS_IAM"

  log_config {
    cloudwatch_logs_role_arn = "arn:aws:iam::${var.account}:role/shop-prod-graph"
    field_log_level          = "ERROR"
  }
}

resource "aws_ecs_cluster" "this" {
  name = "shop-prod-cluster"

  configuration {
    execute_command_configuration {
      logging = "DEFAULT"
    }
  }

  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_acm_certificate" "this" {
  domain_name       = "shop.example.com"
  validation_method = "DNS"

  options {
    certificate_transparency_logging_preference = "ENABLED"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_guardduty_detector" "this" {
  enable = true
}

resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = "shop-prod-errors"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "Errors"
  namespace           = "AWS/Lambda"
  period              = 60
  statistic           = "Sum"
  threshold           = 0
  actions_enabled     = true
}

resource "aws_api_gateway_method_settings" "this" {
  rest_api_id = "api-1"
  stage_name  = "prod"
  method_path = "*/*"

  settings {
    data_trace_enabled = false
    logging_level      = "ERROR"
  }
}

resource "aws_launch_template" "this" {
  name     = "shop-prod-template"
  image_id = "resolve:ssm:/aws/service/shop"

  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }
}

resource "aws_efs_access_point" "this" {
  file_system_id = "fs-1"

  posix_user {
    gid = 1000
    uid = 1000
  }

  root_directory {
    path = "/shop"
  }
}

resource "aws_qldb_ledger" "this" {
  name                = "shop-prod-ledger"
  permissions_mode    = "STANDARD"
  deletion_protection = true
}

resource "aws_route53domains_registered_domain" "this" {
  domain_name   = "shop.example.com"
  transfer_lock = true
}

resource "aws_sagemaker_data_quality_job_definition" "this" {
  name     = "shop-prod-quality"
  role_arn = "arn:aws:iam::${var.account}:role/shop-prod-quality"

  data_quality_app_specification {
    image_uri = "${var.account}.dkr.ecr.${var.region}.amazonaws.com/quality:1.0"
  }

  data_quality_job_input {
    endpoint_input {
      endpoint_name = "shop-prod-endpoint"
    }
  }

  data_quality_job_output_config {
    monitoring_outputs {
      s3_output {
        s3_uri = "s3://shop-prod-quality"
      }
    }
  }

  job_resources {
    cluster_config {
      instance_count    = 1
      instance_type     = "ml.m5.large"
      volume_size_in_gb = 20
    }
  }

  network_config {
    enable_inter_container_traffic_encryption = true
  }
}

resource "aws_redshift_logging" "this" {
  cluster_identifier   = aws_redshift_cluster.this.id
  log_destination_type = "cloudwatch"
  log_exports          = ["connectionlog", "userlog"]
}

resource "aws_iot_policy" "one" {
  name   = "shop-prod-things"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["iot:Publish"], Resource = ["arn:aws:iot:x:y:topic/*"] }] })
}

resource "aws_datasync_location_efs" "this" {
  efs_file_system_arn   = "arn:aws:elasticfilesystem:${var.region}:${var.account}:file-system/fs-1"
  in_transit_encryption = "TLS1_2"

  ec2_config {
    security_group_arns = ["arn:aws:ec2:${var.region}:${var.account}:security-group/sg-1"]
    subnet_arn          = "arn:aws:ec2:${var.region}:${var.account}:subnet/subnet-1"
  }
}

resource "aws_lightsail_database" "this" {
  relational_database_name = "shop-prod-orders"
  availability_zone        = "${var.region}a"
  blueprint_id             = "postgres_16"
  bundle_id                = "micro_2_0"
  master_database_name     = "shop"
  master_username          = "shop"
  master_password          = var.word
  skip_final_snapshot      = false
  final_snapshot_name      = "shop-prod-last"
}

resource "aws_fsx_windows_file_system" "this" {
  subnet_ids          = ["subnet-1"]
  throughput_capacity = 32
  storage_capacity    = 100
  active_directory_id = "d-1"
  kms_key_id          = "arn:aws:kms:${var.region}:${var.account}:key/shop"
}

resource "aws_cloudfront_vpc_origin" "this" {
  vpc_origin_endpoint_config {
    name                   = "shop-prod-inside"
    arn                    = "arn:aws:elasticloadbalancing:${var.region}:${var.account}:loadbalancer/app/shop/1"
    http_port              = 80
    https_port             = 443
    origin_protocol_policy = "https-only"

    origin_ssl_protocols {
      items    = ["TLSv1.2"]
      quantity = 1
    }
  }
}

# Alarms for what is watched in production.
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

