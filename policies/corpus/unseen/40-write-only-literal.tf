# A cluster's password stands as a literal in a write-only argument, which the plan shows as null.
# Source: CWE-798, DocumentDB best practices
# Fault at: aws_docdb_cluster.write_only_fault
# Near miss at: aws_docdb_cluster.write_only_near

resource "aws_kms_key" "write_only" {
  description             = "Databases"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_docdb_cluster" "write_only_fault" {
  cluster_identifier              = "shop-prod-write-only-a"
  engine                          = "docdb"
  engine_version                  = "5.0.0"
  master_username                 = "shopadmin"
  master_password_wo              = "Winter-2024-shop"
  master_password_wo_version      = 1
  storage_encrypted               = true
  kms_key_id                      = aws_kms_key.write_only.arn
  backup_retention_period         = 14
  deletion_protection             = true
  enabled_cloudwatch_logs_exports = ["audit", "profiler"]
  final_snapshot_identifier       = "shop-prod-write-only-a-final"
  db_subnet_group_name            = "shop-prod-docdb"
}

resource "aws_docdb_cluster" "write_only_near" {
  cluster_identifier              = "shop-prod-write-only-b"
  engine                          = "docdb"
  engine_version                  = "5.0.0"
  master_username                 = "shopadmin"
  manage_master_user_password     = true
  storage_encrypted               = true
  kms_key_id                      = aws_kms_key.write_only.arn
  backup_retention_period         = 14
  deletion_protection             = true
  enabled_cloudwatch_logs_exports = ["audit", "profiler"]
  final_snapshot_identifier       = "shop-prod-write-only-b-final"
  db_subnet_group_name            = "shop-prod-docdb"
}
