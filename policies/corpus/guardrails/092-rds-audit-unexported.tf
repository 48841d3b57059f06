# The cluster no longer hands its audit log to CloudWatch.
# Source: RDS.9, RDS.34, CKV_AWS_324
# Fault at: aws_rds_cluster.rds_audit_unexported_fault
# Near miss at: aws_rds_cluster.rds_audit_unexported_near

resource "aws_rds_cluster" "rds_audit_unexported_fault" {
  cluster_identifier                  = "shop-prod-orders"
  engine                              = "aurora-mysql"
  engine_version                      = "8.0.mysql_aurora.3.07.1"
  availability_zones                  = [for zone in ["a", "b", "c"] : "${var.region}${zone}"]
  master_username                     = "shop"
  manage_master_user_password         = true
  storage_encrypted                   = true
  backup_retention_period             = 14
  deletion_protection                 = true
  copy_tags_to_snapshot               = true
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "shop-prod-orders-last"
  db_cluster_parameter_group_name     = "shop-prod-aurora"
  enabled_cloudwatch_logs_exports     = ["slowquery"]
}

resource "aws_rds_cluster" "rds_audit_unexported_near" {
  cluster_identifier                  = "shop-prod-billing"
  engine                              = "aurora-mysql"
  engine_version                      = "8.0.mysql_aurora.3.07.1"
  availability_zones                  = [for zone in ["a", "b", "c"] : "${var.region}${zone}"]
  master_username                     = "shop"
  manage_master_user_password         = true
  storage_encrypted                   = true
  backup_retention_period             = 14
  deletion_protection                 = true
  copy_tags_to_snapshot               = true
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "shop-prod-billing-last"
  db_cluster_parameter_group_name     = "shop-prod-aurora"
  enabled_cloudwatch_logs_exports     = ["audit", "error", "general", "slowquery"]
}
