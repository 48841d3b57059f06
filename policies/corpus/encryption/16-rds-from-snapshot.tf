# A database is restored from a snapshot without encryption.
# Source: RDS.3, CKV_AWS_16, AVD-AWS-0080
# Fault at: aws_db_instance.restored_fault
# Near miss at: aws_db_instance.restored_near

resource "aws_kms_key" "restored" {
  description         = "Databases"
  enable_key_rotation = true
}

resource "aws_db_instance" "restored_fault" {
  identifier                          = "shop-prod-ledger"
  snapshot_identifier                 = "shop-prod-ledger-2024"
  instance_class                      = "db.m7g.large"
  storage_encrypted                   = null
  backup_retention_period             = 14
  deletion_protection                 = true
  multi_az                            = true
  db_subnet_group_name                = "shop-prod-databases"
  vpc_security_group_ids              = ["sg-0a1b2c3d4e5f60718"]
  manage_master_user_password         = true
  copy_tags_to_snapshot               = true
  iam_database_authentication_enabled = true
  auto_minor_version_upgrade          = true
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "shop-prod-ledger-final"
  enabled_cloudwatch_logs_exports     = ["postgresql", "upgrade"]
}

resource "aws_db_instance" "restored_primary" {
  identifier                  = "shop-prod-orders"
  engine                      = "postgres"
  engine_version              = "16.4"
  username                    = "shop"
  allocated_storage           = 100
  instance_class              = "db.m7g.large"
  storage_encrypted           = true
  kms_key_id                  = aws_kms_key.restored.arn
  backup_retention_period     = 14
  deletion_protection         = true
  multi_az                    = true
  db_subnet_group_name        = "shop-prod-databases"
  vpc_security_group_ids      = ["sg-0a1b2c3d4e5f60718"]
  manage_master_user_password = true
}

# A replica in the same Region has the encryption and the key of its source.
resource "aws_db_instance" "restored_near" {
  identifier                          = "shop-prod-orders-replica"
  replicate_source_db                 = aws_db_instance.restored_primary.identifier
  instance_class                      = "db.m7g.large"
  backup_retention_period             = 7
  deletion_protection                 = true
  multi_az                            = true
  vpc_security_group_ids              = ["sg-0a1b2c3d4e5f60718"]
  copy_tags_to_snapshot               = true
  iam_database_authentication_enabled = true
  auto_minor_version_upgrade          = true
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "shop-prod-orders-replica-final"
  enabled_cloudwatch_logs_exports     = ["postgresql", "upgrade"]
}
