# The database gives its standby in the second zone up.
# Source: RDS.5, CKV_AWS_157
# Fault at: aws_db_instance.rds_one_zone_fault
# Near miss at: aws_db_instance.rds_one_zone_near

resource "aws_db_instance" "rds_one_zone_fault" {
  identifier                          = "shop-prod-orders-zones"
  engine                              = "postgres"
  engine_version                      = "16.4"
  instance_class                      = "db.r6g.large"
  allocated_storage                   = 100
  username                            = "shop"
  manage_master_user_password         = true
  storage_encrypted                   = true
  backup_retention_period             = 14
  deletion_protection                 = true
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "shop-prod-orders-last"
  copy_tags_to_snapshot               = true
  iam_database_authentication_enabled = true
  auto_minor_version_upgrade          = true
  parameter_group_name                = "shop-prod-postgres"
  multi_az                            = !true
  apply_immediately                   = false
  performance_insights_enabled        = true
  monitoring_interval                 = 60
  monitoring_role_arn                 = "arn:aws:iam:::role/shop-prod-monitoring"
  enabled_cloudwatch_logs_exports     = ["postgresql", "upgrade"]
}

resource "aws_db_instance" "rds_one_zone_near" {
  identifier                          = "shop-prod-billing-zones"
  engine                              = "postgres"
  engine_version                      = "16.4"
  instance_class                      = "db.r6g.large"
  allocated_storage                   = 100
  username                            = "shop"
  manage_master_user_password         = true
  storage_encrypted                   = true
  backup_retention_period             = 14
  deletion_protection                 = true
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "shop-prod-billing-last"
  copy_tags_to_snapshot               = true
  iam_database_authentication_enabled = true
  auto_minor_version_upgrade          = true
  parameter_group_name                = "shop-prod-postgres"
  multi_az                            = true
  apply_immediately                   = true
  performance_insights_enabled        = true
  monitoring_interval                 = 60
  monitoring_role_arn                 = "arn:aws:iam:::role/shop-prod-monitoring"
  enabled_cloudwatch_logs_exports     = ["postgresql", "upgrade"]
}
