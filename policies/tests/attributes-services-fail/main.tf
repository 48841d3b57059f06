# Settings of services that fewer teams use, each as it must not be.
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
  webserver_access_mode = "PUBLIC_ONLY"

  network_configuration {
    security_group_ids = ["sg-1"]
    subnet_ids         = ["subnet-1", "subnet-2"]
  }

  logging_configuration {
    scheduler_logs {
      enabled = false
    }

    webserver_logs {
      enabled = false
    }

    worker_logs {
      enabled = false
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
    ec2_ssh_key = "shop"
  }
}

resource "aws_opensearch_domain" "this" {
  domain_name    = "shop-prod"
  engine_version = "OpenSearch_2.17"
}

resource "aws_elasticsearch_domain" "this" {
  domain_name = "shop-prod-old"
}

resource "aws_sagemaker_notebook_instance" "this" {
  name          = "shop-prod-notebook"
  role_arn      = "arn:aws:iam::${var.account}:role/shop-prod-notebook"
  instance_type = "ml.t3.medium"

  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "1"
  }
}

resource "aws_redshift_cluster" "this" {
  cluster_identifier = "shop-prod-warehouse"
  node_type          = "ra3.large"
}

resource "aws_apigatewayv2_api" "this" {
  name          = "shop-prod-api"
  protocol_type = "HTTP"

  cors_configuration {
    allow_origins = ["*"]
  }
}

resource "aws_load_balancer_policy" "this" {
  load_balancer_name = "shop-prod-old"
  policy_name        = "shop-prod-old"
  policy_type_name   = "SSLNegotiationPolicyType"

  policy_attribute {
    name  = "Protocol-TLSv1"
    value = "true"
  }
}

resource "aws_ses_configuration_set" "this" {
  name = "shop-prod-mail"
}

resource "aws_sesv2_configuration_set" "this" {
  configuration_set_name = "shop-prod-mail-2"

  delivery_options {
    tls_policy = "OPTIONAL"
  }
}

resource "aws_emr_security_configuration" "this" {
  name = "shop-prod-emr"
  configuration = jsonencode({
    EncryptionConfiguration = { EnableInTransitEncryption = false, EnableAtRestEncryption = false }
  })
}

resource "aws_emr_cluster" "this" {
  name          = "shop-prod-emr"
  release_label = "emr-7.3.0"
  service_role  = "arn:aws:iam::${var.account}:role/shop-prod-emr"

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
      access_control_max_age_sec = 3600
      override                   = true
    }
  }
}

resource "aws_ssm_parameter" "this" {
  name  = "/shop/prod/greeting"
  type  = "String"
  value = "hello"
}

resource "aws_waf_web_acl" "this" {
  name        = "shop-prod-waf"
  metric_name = "shopProdWaf"

  default_action {
    type = "ALLOW"
  }
}

resource "aws_mq_broker" "this" {
  broker_name        = "shop-prod-broker"
  engine_type        = "ActiveMQ"
  engine_version     = "5.18"
  host_instance_type = "mq.m5.large"

  user {
    username = "worker"
    password = var.password
  }

  logs {
    audit = false
  }
}

variable "password" {
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
    field_log_level          = "NONE"
  }
}

resource "aws_ecs_cluster" "this" {
  name = "shop-prod-cluster"

  configuration {
    execute_command_configuration {
      logging = "NONE"
    }
  }
}

resource "aws_acm_certificate" "this" {
  domain_name       = "shop.example.com"
  validation_method = "DNS"

  options {
    certificate_transparency_logging_preference = "DISABLED"
  }
}

resource "aws_guardduty_detector" "this" {
  enable = false
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
  actions_enabled     = false
}

resource "aws_api_gateway_method_settings" "this" {
  rest_api_id = "api-1"
  stage_name  = "prod"
  method_path = "*/*"

  settings {
    data_trace_enabled = true
    logging_level      = "OFF"
  }
}

resource "aws_launch_template" "this" {
  name     = "shop-prod-template"
  image_id = "resolve:ssm:/aws/service/shop"

  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 5
  }
}

resource "aws_efs_access_point" "this" {
  file_system_id = "fs-1"
}

resource "aws_qldb_ledger" "this" {
  name             = "shop-prod-ledger"
  permissions_mode = "ALLOW_ALL"
}

resource "aws_route53domains_registered_domain" "this" {
  domain_name   = "shop.example.com"
  transfer_lock = false
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
    enable_inter_container_traffic_encryption = false
  }
}

resource "aws_iot_policy" "all" {
  name   = "shop-prod-things"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "iot:*", Resource = "arn:aws:iot:x:y:topic/shop" }] })
}

resource "aws_iot_policy" "everywhere" {
  name   = "shop-prod-things-everywhere"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["iot:Publish"], Resource = ["*"] }] })
}

resource "aws_datasync_location_efs" "this" {
  efs_file_system_arn = "arn:aws:elasticfilesystem:${var.region}:${var.account}:file-system/fs-1"

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
  master_password          = var.password
  skip_final_snapshot      = true
}

resource "aws_fsx_windows_file_system" "this" {
  subnet_ids          = ["subnet-1"]
  throughput_capacity = 32
  storage_capacity    = 100
  active_directory_id = "d-1"
  skip_final_backup   = true
}

resource "aws_cloudfront_vpc_origin" "this" {
  vpc_origin_endpoint_config {
    name                   = "shop-prod-inside"
    arn                    = "arn:aws:elasticloadbalancing:${var.region}:${var.account}:loadbalancer/app/shop/1"
    http_port              = 80
    https_port             = 443
    origin_protocol_policy = "http-only"

    origin_ssl_protocols {
      items    = ["TLSv1.2"]
      quantity = 1
    }
  }
}
