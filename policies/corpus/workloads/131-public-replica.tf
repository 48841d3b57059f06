# The database is private, but a replica of it is public.
# Source: RDS.2, CKV_AWS_17
# Fault at: aws_db_instance.replica_fault
# Near miss at: aws_db_instance.replica_near

resource "aws_db_instance" "replica_fault" {
  identifier                          = "shop-prod-lts-open"
  replicate_source_db                 = aws_db_instance.eol_near.identifier
  instance_class                      = "db.m6g.large"
  storage_encrypted                   = true
  multi_az                            = true
  publicly_accessible                 = true
  deletion_protection                 = true
  auto_minor_version_upgrade          = true
  copy_tags_to_snapshot               = true
  iam_database_authentication_enabled = true
  performance_insights_enabled        = true
  performance_insights_kms_key_id     = aws_kms_key.work.arn
  monitoring_interval                 = 60
  monitoring_role_arn                 = aws_iam_role.rds_monitor.arn
  enabled_cloudwatch_logs_exports     = ["audit", "error", "general", "slowquery"]
  port                                = 6033
  vpc_security_group_ids              = [aws_security_group.work_app.id]
  skip_final_snapshot                 = true
}

# A replica: password and backups are those of its source, and no last snapshot of a replica can be made.
resource "aws_db_instance" "replica_near" {
  identifier                          = "shop-prod-lts-read"
  replicate_source_db                 = aws_db_instance.eol_near.identifier
  instance_class                      = "db.m6g.large"
  storage_encrypted                   = true
  multi_az                            = true
  publicly_accessible                 = false
  deletion_protection                 = true
  auto_minor_version_upgrade          = true
  copy_tags_to_snapshot               = true
  iam_database_authentication_enabled = true
  performance_insights_enabled        = true
  performance_insights_kms_key_id     = aws_kms_key.work.arn
  monitoring_interval                 = 60
  monitoring_role_arn                 = aws_iam_role.rds_monitor.arn
  enabled_cloudwatch_logs_exports     = ["audit", "error", "general", "slowquery"]
  port                                = 6033
  vpc_security_group_ids              = [aws_security_group.work_app.id]
  skip_final_snapshot                 = true
}
