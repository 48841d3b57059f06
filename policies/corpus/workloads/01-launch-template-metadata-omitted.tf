# A launch template sets the metadata hop limit but leaves out http_tokens, so version 1 of the metadata service stays on.
# Source: CKV_AWS_79, EC2.170, https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html
# Fault at: aws_launch_template.imds_omit_fault
# Near miss at: aws_launch_template.imds_omit_near

resource "aws_launch_template" "imds_omit_fault" {
  name          = "shop-prod-web-omit"
  image_id      = var.work_ami
  instance_type = "m7i.large"
  ebs_optimized = "true"
  metadata_options {
    http_endpoint               = "enabled"
    http_put_response_hop_limit = 1
  }
  monitoring { enabled = true }
  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      encrypted   = "true"
      kms_key_id  = aws_kms_key.work.arn
      volume_size = 20
      volume_type = "gp3"
    }
  }
  network_interfaces {
    associate_public_ip_address = "false"
    security_groups             = [aws_security_group.work_app.id]
  }
}

# The metadata service is off altogether: there is no version 1 to speak of.
resource "aws_launch_template" "imds_omit_near" {
  name          = "shop-prod-web-off"
  image_id      = var.work_ami
  instance_type = "m7i.large"
  ebs_optimized = "true"
  metadata_options {
    http_endpoint               = "disabled"
    http_put_response_hop_limit = 1
  }
  monitoring { enabled = true }
  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      encrypted   = "true"
      kms_key_id  = aws_kms_key.work.arn
      volume_size = 20
      volume_type = "gp3"
    }
  }
  network_interfaces {
    associate_public_ip_address = "false"
    security_groups             = [aws_security_group.work_app.id]
  }
}

# --- supporting resources which the other cases of this folder use too ---

variable "work_ami" {
  description = "Golden image of the shop, built and approved by the platform team"
  type        = string
  default     = "ami-0a1b2c3d4e5f60718"
}

resource "aws_kms_key" "work" {
  description             = "Key of the shop's data"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_iam_role" "work_task" {
  name = "shop-prod-work-task"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = ["ecs-tasks.amazonaws.com", "lambda.amazonaws.com"] }
    }]
  })
}

resource "aws_iam_role" "work_exec" {
  name = "shop-prod-work-exec"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = ["ecs-tasks.amazonaws.com", "lambda.amazonaws.com"] }
    }]
  })
}

resource "aws_vpc" "work" {
  cidr_block           = "10.20.0.0/16"
  enable_dns_hostnames = true
  tags                 = { Name = "shop-prod-work" }
}

resource "aws_subnet" "work_a" {
  vpc_id            = aws_vpc.work.id
  cidr_block        = "10.20.1.0/24"
  availability_zone = "${var.region}a"
  tags              = { Name = "shop-prod-work-a" }
}

resource "aws_subnet" "work_a2" {
  vpc_id            = aws_vpc.work.id
  cidr_block        = "10.20.11.0/24"
  availability_zone = "${var.region}a"
  tags              = { Name = "shop-prod-work-a2" }
}

resource "aws_subnet" "work_b" {
  vpc_id            = aws_vpc.work.id
  cidr_block        = "10.20.2.0/24"
  availability_zone = "${var.region}b"
  tags              = { Name = "shop-prod-work-b" }
}

resource "aws_subnet" "work_c" {
  vpc_id            = aws_vpc.work.id
  cidr_block        = "10.20.3.0/24"
  availability_zone = "${var.region}c"
  tags              = { Name = "shop-prod-work-c" }
}

resource "aws_security_group" "work_app" {
  name        = "shop-prod-work-app"
  description = "Workloads of the shop"
  vpc_id      = aws_vpc.work.id
}

resource "aws_cloudwatch_log_group" "work" {
  name              = "/shop-prod/work"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.work.arn
}

resource "aws_sns_topic" "work" {
  name              = "shop-prod-work"
  kms_master_key_id = aws_kms_key.work.id
}

resource "aws_sqs_queue" "work_dlq" {
  name                      = "shop-prod-work-dlq"
  kms_master_key_id         = aws_kms_key.work.id
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue" "work" {
  name                       = "shop-prod-work"
  kms_master_key_id          = aws_kms_key.work.id
  visibility_timeout_seconds = 180
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.work_dlq.arn
    maxReceiveCount     = 5
  })
}

resource "aws_signer_signing_profile" "work" {
  name        = "shopprodwork"
  platform_id = "AWSLambda-SHA384-ECDSA"
}

resource "aws_lambda_code_signing_config" "work" {
  description = "Only signed code"
  allowed_publishers {
    signing_profile_version_arns = [aws_signer_signing_profile.work.version_arn]
  }
  policies {
    untrusted_artifact_on_deployment = "Enforce"
  }
}

resource "aws_lambda_function" "work" {
  function_name                  = "shop-prod-work"
  role                           = aws_iam_role.work_exec.arn
  runtime                        = "python3.13"
  handler                        = "main.handler"
  s3_bucket                      = "shop-prod-artifacts"
  s3_key                         = "work.zip"
  s3_object_version              = "3"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 10
  kms_key_arn                    = aws_kms_key.work.arn
  code_signing_config_arn        = aws_lambda_code_signing_config.work.arn
  tracing_config { mode = "Active" }
  dead_letter_config { target_arn = aws_sqs_queue.work_dlq.arn }
  vpc_config {
    subnet_ids         = [aws_subnet.work_a.id, aws_subnet.work_b.id]
    security_group_ids = [aws_security_group.work_app.id]
  }
}

resource "aws_ecs_cluster" "work" {
  name = "shop-prod-work"
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_wafv2_web_acl" "work_cdn" {
  name  = "shop-prod-work-cdn"
  scope = "CLOUDFRONT"
  default_action {
    allow {}
  }
  rule {
    name     = "common"
    priority = 1
    override_action {
      none {}
    }
    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesCommonRuleSet"
        vendor_name = "AWS"
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "common"
      sampled_requests_enabled   = true
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "cdn"
    sampled_requests_enabled   = true
  }
}
