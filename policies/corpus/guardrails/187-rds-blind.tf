# The database is no longer watched and exports no log.
# Source: RDS.6, RDS.9, CKV_AWS_118, CKV_AWS_353
# Fault at: aws_db_instance.rds_blind_fault
# Near miss at: aws_db_instance.rds_blind_near

resource "aws_db_instance" "rds_blind_fault" {
  identifier                            = "shop-prod-orders-watch"
  engine                                = "postgres"
  engine_version                        = "16.4"
  instance_class                        = "db.r6g.large"
  allocated_storage                     = 100
  username                              = "shop"
  manage_master_user_password           = true
  storage_encrypted                     = true
  backup_retention_period               = 14
  deletion_protection                   = true
  skip_final_snapshot                   = false
  final_snapshot_identifier             = "shop-prod-orders-last"
  copy_tags_to_snapshot                 = true
  iam_database_authentication_enabled   = true
  auto_minor_version_upgrade            = true
  parameter_group_name                  = "shop-prod-postgres"
  multi_az                              = true
  performance_insights_enabled          = false
  performance_insights_retention_period = null
  monitoring_interval                   = 0
  monitoring_role_arn                   = "arn:aws:iam:::role/shop-prod-monitoring"
  enabled_cloudwatch_logs_exports       = []
}

resource "aws_db_instance" "rds_blind_near" {
  identifier                            = "shop-prod-billing-watch"
  engine                                = "postgres"
  engine_version                        = "16.4"
  instance_class                        = "db.r6g.large"
  allocated_storage                     = 100
  username                              = "shop"
  manage_master_user_password           = true
  storage_encrypted                     = true
  backup_retention_period               = 14
  deletion_protection                   = true
  skip_final_snapshot                   = false
  final_snapshot_identifier             = "shop-prod-billing-last"
  copy_tags_to_snapshot                 = true
  iam_database_authentication_enabled   = true
  auto_minor_version_upgrade            = true
  parameter_group_name                  = "shop-prod-postgres"
  multi_az                              = true
  performance_insights_enabled          = true
  performance_insights_retention_period = 93
  monitoring_interval                   = 30
  monitoring_role_arn                   = "arn:aws:iam:::role/shop-prod-monitoring"
  enabled_cloudwatch_logs_exports       = ["postgresql", "upgrade"]
}
