# The document database accepts connections without TLS, and another one is not encrypted.
# Source: DocumentDB.1, DocumentDB.6, CKV_AWS_74, CKV_AWS_90
# Fault at: aws_docdb_cluster_parameter_group.documents_fault
# Fault at: aws_docdb_cluster.documents_fault
# Near miss at: aws_docdb_cluster_parameter_group.documents_near
# Near miss at: aws_docdbelastic_cluster.documents_near

resource "aws_kms_key" "documents" {
  description         = "Documents"
  enable_key_rotation = true
}

resource "aws_docdb_cluster_parameter_group" "documents_fault" {
  name        = "shop-prod-documents"
  family      = "docdb5.0"
  description = "Parameters of the documents"
  parameter {
    name  = "audit_logs"
    value = "enabled"
  }
  parameter {
    name  = "tls"
    value = "disabled"
  }
}

resource "aws_docdb_cluster" "documents_fault" {
  cluster_identifier              = "shop-prod-documents"
  engine                          = "docdb"
  master_username                 = "documents"
  manage_master_user_password     = true
  backup_retention_period         = 14
  deletion_protection             = true
  db_subnet_group_name            = "shop-prod-databases"
  db_cluster_parameter_group_name = "shop-prod-documents-tls"
  vpc_security_group_ids          = ["sg-0a1b2c3d4e5f60718"]
  enabled_cloudwatch_logs_exports = ["audit", "profiler"]
  skip_final_snapshot             = false
  final_snapshot_identifier       = "shop-prod-documents-final"
}

resource "aws_docdb_cluster_parameter_group" "documents_near" {
  name        = "shop-prod-documents-tls"
  family      = "docdb5.0"
  description = "Parameters of the documents"
  parameter {
    name  = "audit_logs"
    value = "enabled"
  }
  parameter {
    name  = "tls"
    value = "tls1.2+"
  }
}

data "aws_secretsmanager_secret_version" "documents" {
  secret_id = aws_secretsmanager_secret.documents.id
}

resource "aws_secretsmanager_secret" "documents" {
  name       = "shop-prod-documents"
  kms_key_id = aws_kms_key.documents.arn
}

# Elastic clusters are always encrypted; they only take a key.
resource "aws_docdbelastic_cluster" "documents_near" {
  name                    = "shop-prod-documents-elastic"
  admin_user_name         = "documents"
  admin_user_password     = data.aws_secretsmanager_secret_version.documents.secret_string
  auth_type               = "PLAIN_TEXT"
  shard_capacity          = 2
  shard_count             = 2
  kms_key_id              = aws_kms_key.documents.arn
  backup_retention_period = 14
  subnet_ids              = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  vpc_security_group_ids  = ["sg-0a1b2c3d4e5f60718"]
}
