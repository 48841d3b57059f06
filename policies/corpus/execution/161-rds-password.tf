# A database has the password of its administrator in a variable of the plan.
# Source: RDS; AVD-AWS-0177; https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
# Fault at: aws_db_instance.secrds_fault
# Near miss at: aws_db_instance.secrds_near

variable "secrds_value" {
  description = "Login of the database."
  type        = string
  sensitive   = true
  default     = "Herbst-Orders-24"
}

resource "aws_kms_key" "secrds_key" {
  description         = "Key for secrds_key"
  enable_key_rotation = true
}

locals {
  secrds = { engine = "postgres", version = "16.4", class = "db.m7g.large", storage = 100 }
}

resource "aws_db_instance" "secrds_fault" {
  identifier                          = "shop-prod-secrds-fault"
  engine                              = local.secrds.engine
  engine_version                      = local.secrds.version
  instance_class                      = local.secrds.class
  allocated_storage                   = local.secrds.storage
  username                            = "shop"
  password                            = var.secrds_value
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.secrds_key.arn
  multi_az                            = true
  deletion_protection                 = true
  backup_retention_period             = 14
  copy_tags_to_snapshot               = true
  auto_minor_version_upgrade          = true
  iam_database_authentication_enabled = true
  performance_insights_enabled        = true
  performance_insights_kms_key_id     = aws_kms_key.secrds_key.arn
  enabled_cloudwatch_logs_exports     = ["postgresql", "upgrade"]
  monitoring_interval                 = 60
  monitoring_role_arn                 = aws_iam_role.secrds_role.arn
  final_snapshot_identifier           = "shop-prod-secrds-fault-final"
  db_subnet_group_name                = "shop-prod-db"
  parameter_group_name                = "shop-prod-pg16"
}

resource "aws_iam_role" "secrds_role" {
  name               = "shop-prod-secrds-role"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "monitoring.rds.amazonaws.com" } }] })
}

resource "aws_db_instance" "secrds_near" {
  identifier                          = "shop-prod-secrds-near"
  engine                              = local.secrds.engine
  engine_version                      = local.secrds.version
  instance_class                      = local.secrds.class
  allocated_storage                   = local.secrds.storage
  username                            = "shop"
  manage_master_user_password         = true
  master_user_secret_kms_key_id       = aws_kms_key.secrds_key.arn
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.secrds_key.arn
  multi_az                            = true
  deletion_protection                 = true
  backup_retention_period             = 14
  copy_tags_to_snapshot               = true
  auto_minor_version_upgrade          = true
  iam_database_authentication_enabled = true
  performance_insights_enabled        = true
  performance_insights_kms_key_id     = aws_kms_key.secrds_key.arn
  enabled_cloudwatch_logs_exports     = ["postgresql", "upgrade"]
  monitoring_interval                 = 60
  monitoring_role_arn                 = aws_iam_role.secrds_role.arn
  final_snapshot_identifier           = "shop-prod-secrds-near-final"
  db_subnet_group_name                = "shop-prod-db"
  parameter_group_name                = "shop-prod-pg16"
}
