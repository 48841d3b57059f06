# The document database no longer hands its audit log over.
# Source: DocumentDB.4, CKV_AWS_104
# Fault at: aws_docdb_cluster.document_audit_unexported_fault
# Near miss at: aws_docdb_cluster.document_audit_unexported_near

resource "aws_docdb_cluster" "document_audit_unexported_fault" {
  cluster_identifier              = "shop-prod-orders"
  engine                          = "docdb"
  availability_zones              = [for zone in ["a", "b", "c"] : "${var.region}${zone}"]
  engine_version                  = "5.0.0"
  master_username                 = "shop"
  manage_master_user_password     = true
  storage_encrypted               = true
  kms_key_id                      = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  backup_retention_period         = 14
  deletion_protection             = true
  skip_final_snapshot             = false
  final_snapshot_identifier       = "shop-prod-orders-last"
  db_cluster_parameter_group_name = "shop-prod-docdb"
  enabled_cloudwatch_logs_exports = ["profiler"]
  preferred_backup_window         = "02:00-03:00"
}

resource "aws_docdb_cluster" "document_audit_unexported_near" {
  cluster_identifier              = "shop-prod-billing"
  engine                          = "docdb"
  availability_zones              = [for zone in ["a", "b", "c"] : "${var.region}${zone}"]
  engine_version                  = "5.0.0"
  master_username                 = "shop"
  manage_master_user_password     = true
  storage_encrypted               = true
  kms_key_id                      = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  backup_retention_period         = 14
  deletion_protection             = true
  skip_final_snapshot             = false
  final_snapshot_identifier       = "shop-prod-billing-last"
  db_cluster_parameter_group_name = "shop-prod-docdb"
  enabled_cloudwatch_logs_exports = ["profiler", "audit"]
  preferred_backup_window         = "03:00-04:00"
}
