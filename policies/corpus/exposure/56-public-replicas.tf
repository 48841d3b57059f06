# A read replica and an Aurora instance get public addresses.
# Source: RDS.2, CKV_AWS_17, AVD-AWS-0180
# Fault at: aws_db_instance.replica_fault
# Fault at: aws_rds_cluster_instance.replica_fault
# Near miss at: aws_db_instance.replica_near
# Near miss at: aws_rds_cluster_instance.replica_near

resource "aws_rds_cluster" "invoices" {
  cluster_identifier          = "shop-prod-invoices"
  engine                      = "aurora-postgresql"
  engine_version              = "16.4"
  master_username             = "invoices"
  manage_master_user_password = true
  storage_encrypted           = true
  kms_key_id                  = aws_kms_key.shop.arn
  backup_retention_period     = 14
  deletion_protection         = true
  db_subnet_group_name        = aws_db_subnet_group.private.name
  final_snapshot_identifier   = "shop-prod-invoices-final"
}

resource "aws_db_instance" "replica_fault" {
  identifier                = "shop-prod-ledger-reports"
  replicate_source_db       = aws_db_instance.ledger.identifier
  instance_class            = "db.m6g.large"
  storage_encrypted         = true
  deletion_protection       = true
  multi_az                  = true
  backup_retention_period   = 14
  publicly_accessible       = true
  final_snapshot_identifier = "shop-prod-ledger-reports-final"
  vpc_security_group_ids    = [aws_security_group.app.id]
}

resource "aws_rds_cluster_instance" "replica_fault" {
  identifier          = "shop-prod-invoices-2"
  cluster_identifier  = aws_rds_cluster.invoices.id
  engine              = aws_rds_cluster.invoices.engine
  instance_class      = "db.r6g.large"
  publicly_accessible = true
}

resource "aws_db_instance" "replica_near" {
  identifier                = "shop-prod-ledger-stats"
  replicate_source_db       = aws_db_instance.ledger.identifier
  instance_class            = "db.m6g.large"
  storage_encrypted         = true
  deletion_protection       = true
  multi_az                  = true
  backup_retention_period   = 14
  publicly_accessible       = false
  final_snapshot_identifier = "shop-prod-ledger-stats-final"
  vpc_security_group_ids    = [aws_security_group.app.id]
}

resource "aws_rds_cluster_instance" "replica_near" {
  identifier         = "shop-prod-invoices-1"
  cluster_identifier = aws_rds_cluster.invoices.id
  engine             = aws_rds_cluster.invoices.engine
  instance_class     = "db.r6g.large"
}
