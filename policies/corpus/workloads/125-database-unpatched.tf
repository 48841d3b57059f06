# The database does not take minor versions with security patches by itself.
# Source: RDS.13, CKV_AWS_226
# Fault at: aws_db_instance.minor_fault
# Near miss at: aws_db_instance.minor_near

resource "aws_db_instance" "minor_fault" {
  identifier                          = "shop-prod-frozen"
  engine                              = "postgres"
  engine_version                      = "16.8"
  instance_class                      = "db.m6g.large"
  allocated_storage                   = 100
  max_allocated_storage               = 500
  storage_type                        = "gp3"
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.work.arn
  db_name                             = "orders"
  username                            = "shopowner"
  manage_master_user_password         = true
  master_user_secret_kms_key_id       = aws_kms_key.work.arn
  port                                = 6033
  multi_az                            = true
  publicly_accessible                 = false
  backup_retention_period             = 14
  deletion_protection                 = true
  copy_tags_to_snapshot               = true
  auto_minor_version_upgrade          = false
  iam_database_authentication_enabled = true
  enabled_cloudwatch_logs_exports     = ["postgresql", "upgrade"]
  performance_insights_enabled        = true
  performance_insights_kms_key_id     = aws_kms_key.work.arn
  monitoring_interval                 = 60
  monitoring_role_arn                 = aws_iam_role.rds_monitor.arn
  ca_cert_identifier                  = "rds-ca-rsa2048-g1"
  db_subnet_group_name                = aws_db_subnet_group.rds.name
  vpc_security_group_ids              = [aws_security_group.work_app.id]
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "shop-prod-frozen-final"
}

# Never jumps to a major version by itself, which is another setting.
resource "aws_db_instance" "minor_near" {
  identifier                          = "shop-prod-patched"
  engine                              = "postgres"
  engine_version                      = "16.8"
  instance_class                      = "db.m6g.large"
  allocated_storage                   = 100
  max_allocated_storage               = 500
  storage_type                        = "gp3"
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.work.arn
  db_name                             = "orders"
  username                            = "shopowner"
  manage_master_user_password         = true
  master_user_secret_kms_key_id       = aws_kms_key.work.arn
  port                                = 6033
  multi_az                            = true
  publicly_accessible                 = false
  backup_retention_period             = 14
  deletion_protection                 = true
  copy_tags_to_snapshot               = true
  auto_minor_version_upgrade          = true
  iam_database_authentication_enabled = true
  enabled_cloudwatch_logs_exports     = ["postgresql", "upgrade"]
  performance_insights_enabled        = true
  performance_insights_kms_key_id     = aws_kms_key.work.arn
  monitoring_interval                 = 60
  monitoring_role_arn                 = aws_iam_role.rds_monitor.arn
  ca_cert_identifier                  = "rds-ca-rsa2048-g1"
  db_subnet_group_name                = aws_db_subnet_group.rds.name
  vpc_security_group_ids              = [aws_security_group.work_app.id]
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "shop-prod-patched-final"
  allow_major_version_upgrade         = false
}
