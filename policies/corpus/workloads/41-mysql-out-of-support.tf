# The database runs MySQL 5.7, whose standard support ended in February 2024.
# Source: Prowler rds_instance_deprecated_engine_version, https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html
# Fault at: aws_db_instance.eol_fault
# Near miss at: aws_db_instance.eol_near

resource "aws_db_instance" "eol_fault" {
  identifier                          = "shop-prod-eol"
  engine                              = "mysql"
  engine_version                      = "5.7.44"
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
  enabled_cloudwatch_logs_exports     = ["audit", "error", "general", "slowquery"]
  performance_insights_enabled        = true
  performance_insights_kms_key_id     = aws_kms_key.work.arn
  monitoring_interval                 = 60
  monitoring_role_arn                 = aws_iam_role.rds_monitor.arn
  ca_cert_identifier                  = "rds-ca-rsa2048-g1"
  db_subnet_group_name                = aws_db_subnet_group.rds.name
  vpc_security_group_ids              = [aws_security_group.work_app.id]
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "shop-prod-eol-final"
}

resource "aws_db_instance" "eol_near" {
  identifier                          = "shop-prod-lts"
  engine                              = "mysql"
  engine_version                      = "8.4.5"
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
  enabled_cloudwatch_logs_exports     = ["audit", "error", "general", "slowquery"]
  performance_insights_enabled        = true
  performance_insights_kms_key_id     = aws_kms_key.work.arn
  monitoring_interval                 = 60
  monitoring_role_arn                 = aws_iam_role.rds_monitor.arn
  ca_cert_identifier                  = "rds-ca-rsa2048-g1"
  db_subnet_group_name                = aws_db_subnet_group.rds.name
  vpc_security_group_ids              = [aws_security_group.work_app.id]
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "shop-prod-lts-final"
}
