# The database of payments leaves no snapshot when it is deleted.
# Source: CKV2_AWS_69, https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBInstance.html
# Fault at: aws_db_instance.rds_last_snapshot_again_fault
# Near miss at: aws_db_instance.rds_last_snapshot_again_near

resource "aws_db_instance" "rds_last_snapshot_again_fault" {
  identifier                  = "shop-prod-orders-pay"
  instance_class              = "db.r6g.large"
  engine                      = "postgres"
  engine_version              = "16.4"
  allocated_storage           = 100
  username                    = "shop"
  manage_master_user_password = true

  storage_encrypted                   = true
  multi_az                            = true
  backup_retention_period             = 14
  deletion_protection                 = true
  skip_final_snapshot                 = true
  copy_tags_to_snapshot               = true
  performance_insights_enabled        = true
  monitoring_interval                 = 60
  monitoring_role_arn                 = "arn:aws:iam:::role/shop-prod-monitoring"
  enabled_cloudwatch_logs_exports     = ["postgresql", "upgrade"]
  iam_database_authentication_enabled = true
  auto_minor_version_upgrade          = true
  parameter_group_name                = "shop-prod-postgres"
}

resource "aws_db_instance" "rds_last_snapshot_again_near" {
  identifier          = "shop-prod-billing-pay"
  instance_class      = "db.r6g.large"
  replicate_source_db = "shop-prod-payments"

  storage_encrypted                   = true
  multi_az                            = true
  backup_retention_period             = 14
  deletion_protection                 = true
  skip_final_snapshot                 = true
  copy_tags_to_snapshot               = true
  performance_insights_enabled        = true
  monitoring_interval                 = 60
  monitoring_role_arn                 = "arn:aws:iam:::role/shop-prod-monitoring"
  enabled_cloudwatch_logs_exports     = ["postgresql", "upgrade"]
  iam_database_authentication_enabled = true
  auto_minor_version_upgrade          = true
  parameter_group_name                = "shop-prod-postgres"
}
