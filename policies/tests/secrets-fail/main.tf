# Credentials in the configuration, and credentials that do not expire.

locals {
  log_key = "alias/shop-prod"
}

variable "db_password" {
  description = "Password of the database."
  type        = string
  default     = "correct-horse-1"
}

resource "aws_db_instance" "orders" {
  identifier              = "shop-prod-orders"
  allocated_storage       = 20
  engine                  = "postgres"
  instance_class          = "db.r6g.large"
  username                = "orders"
  password                = var.db_password
  storage_encrypted       = true
  deletion_protection     = true
  backup_retention_period = 7
  multi_az                = true
}

resource "aws_redshiftserverless_namespace" "reports" {
  namespace_name      = "shop-prod-reports"
  admin_username      = "reports"
  admin_user_password = "admin_user_password"
  kms_key_id          = "arn:aws:kms:eu-central-1:123456789012:key/1"
  log_exports         = ["useractivitylog", "userlog", "connectionlog"]
}

resource "aws_secretsmanager_secret_version" "api" {
  secret_id     = "shop-prod-api"
  secret_string = jsonencode({ key = "9f8e7d6c5b4a" })
}

resource "aws_secretsmanager_secret_version" "plain" {
  secret_id     = "shop-prod-plain"
  secret_string = "9f8e7d6c5b4a"
}

resource "aws_ssm_parameter" "url" {
  name  = "/shop/prod/database"
  type  = "SecureString"
  value = "postgres://orders:hunter22@db.shop.example.com/orders"
}

resource "aws_ssm_parameter" "key" {
  name  = "/shop/prod/key"
  type  = "SecureString"
  value = "-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----"
}

resource "aws_lambda_function" "variables" {
  function_name                  = "shop-prod-variables"
  role                           = "arn:aws:iam::${var.account}:role/shop-prod-orders"
  handler                        = "index.handler"
  runtime                        = "nodejs22.x"
  s3_bucket                      = "shop-prod-code"
  s3_key                         = "orders.zip"
  timeout                        = 10
  reserved_concurrent_executions = 5
  kms_key_arn                    = "arn:aws:kms:${var.region}:${var.account}:key/1"
  environment {
    variables = {
      STRIPE_API_KEY = join("-", ["9f8e7d6c", "5b4a"])
      DB_SECRET_ARN  = "arn:aws:secretsmanager:${var.region}:${var.account}:secret:shop"
    }
  }
  dead_letter_config {
    target_arn = "arn:aws:sqs:${var.region}:${var.account}:shop-prod-failed"
  }
  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_function_event_invoke_config" "variables" {
  function_name          = aws_lambda_function.variables.function_name
  maximum_retry_attempts = 2
}

variable "account" {
  description = "Account that everything is in."
  type        = string
  default     = "123456789012"
}

resource "aws_ecs_task_definition" "worker" {
  family                   = "shop-prod-worker"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  container_definitions = jsonencode([{
    name                   = "worker"
    image                  = "public.ecr.aws/shop/worker:1.2.3"
    user                   = "1000"
    essential              = true
    readonlyRootFilesystem = true
    healthCheck            = { command = ["CMD", "true"] }
    logConfiguration       = { logDriver = "awslogs", options = { awslogs-group = "shop" } }
    environment            = [{ name = "DB_PASSWORD", value = "hunter22" }, { name = "DB_HOST", value = "db" }]
  }])
}

resource "aws_launch_template" "worker" {
  name = "shop-prod-worker"
  user_data = base64encode(<<-SCRIPT
    #!/bin/sh
    export API_KEY=9f8e7d6c5b4a
  SCRIPT
  )
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_iam_access_key" "deployer" {
  user = "deployer"
}

resource "aws_iam_user_login_profile" "dana" {
  user = "dana"
}
