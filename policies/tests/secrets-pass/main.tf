# Near misses: nothing of this is a secret, or AWS keeps it.

resource "aws_db_instance" "orders" {
  identifier                  = "shop-prod-orders"
  allocated_storage           = 20
  engine                      = "postgres"
  instance_class              = "db.r6g.large"
  username                    = "orders"
  manage_master_user_password = true
  storage_encrypted           = true
  kms_key_id                  = "arn:aws:kms:${var.region}:${var.account}:key/1"
  deletion_protection         = true
  backup_retention_period     = 7
  multi_az                    = true
  db_subnet_group_name        = "shop-prod"
  copy_tags_to_snapshot       = true

  auto_minor_version_upgrade            = true
  iam_database_authentication_enabled   = true
  enabled_cloudwatch_logs_exports       = ["postgresql"]
  performance_insights_enabled          = true
  performance_insights_kms_key_id       = "arn:aws:kms:${var.region}:${var.account}:key/1"
  performance_insights_retention_period = 7
  monitoring_interval                   = 60
  monitoring_role_arn                   = "arn:aws:iam::${var.account}:role/shop-prod-monitoring"
  final_snapshot_identifier             = "shop-prod-orders-last"
  maintenance_window                    = "sun:03:00-sun:04:00"
}

variable "account" {
  description = "Account that everything is in."
  type        = string
  default     = "123456789012"
}

variable "password_length" {
  description = "Length of passwords that people choose."
  type        = number
  default     = 16
}

resource "aws_efs_file_system" "shared" {
  creation_token = "shop-prod-shared-1"
  encrypted      = true
  kms_key_id     = "arn:aws:kms:${var.region}:${var.account}:key/1"
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
      DB_SECRET         = "shop/prod/db1"
      DB_SECRET_ARN     = "arn:aws:secretsmanager:${var.region}:${var.account}:secret:shop"
      API_TOKEN_URL     = "https://login.example.com/token"
      PASSWORD_LENGTH   = var.password_length
      PASSWORD_REQUIRED = "true"
      API_TOKEN         = "/shop/prod/token1"
      DATABASE_URL      = "postgres://db.shop.example.com:5432/orders"
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
  dimensions          = { DBInstanceIdentifier = aws_db_instance.orders.identifier }
  alarm_actions       = ["arn:aws:sns:${var.region}:${var.account}:shop-prod-alarms"]
}

