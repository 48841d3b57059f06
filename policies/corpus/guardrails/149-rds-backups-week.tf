# The database keeps its backups for a week instead of five.
# Source: RDS.11, CKV_AWS_133
# Fault at: aws_db_instance.rds_backups_week_fault
# Near miss at: aws_db_instance.rds_backups_week_near

resource "aws_db_instance" "rds_backups_week_fault" {
  identifier                          = "shop-prod-orders-stock"
  engine                              = "postgres"
  engine_version                      = "16.4"
  instance_class                      = "db.r6g.large"
  allocated_storage                   = 100
  username                            = "shop"
  manage_master_user_password         = true
  storage_encrypted                   = true
  multi_az                            = true
  backup_retention_period             = 7
  backup_window                       = "02:00-03:00"
  deletion_protection                 = true
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "shop-prod-orders-last"
  copy_tags_to_snapshot               = true
  performance_insights_enabled        = true
  monitoring_interval                 = 60
  monitoring_role_arn                 = "arn:aws:iam:::role/shop-prod-monitoring"
  enabled_cloudwatch_logs_exports     = ["postgresql", "upgrade"]
  iam_database_authentication_enabled = true
  auto_minor_version_upgrade          = true
  parameter_group_name                = "shop-prod-postgres"
}

resource "aws_db_instance" "rds_backups_week_near" {
  identifier                          = "shop-prod-billing-stock"
  engine                              = "postgres"
  engine_version                      = "16.4"
  instance_class                      = "db.r6g.large"
  allocated_storage                   = 100
  username                            = "shop"
  manage_master_user_password         = true
  storage_encrypted                   = true
  multi_az                            = true
  backup_retention_period             = 35
  backup_window                       = "03:00-04:00"
  deletion_protection                 = true
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "shop-prod-billing-last"
  copy_tags_to_snapshot               = true
  performance_insights_enabled        = true
  monitoring_interval                 = 60
  monitoring_role_arn                 = "arn:aws:iam:::role/shop-prod-monitoring"
  enabled_cloudwatch_logs_exports     = ["postgresql", "upgrade"]
  iam_database_authentication_enabled = true
  auto_minor_version_upgrade          = true
  parameter_group_name                = "shop-prod-postgres"
}
