# The cluster has one single instance, so nothing takes over when it fails.
# Source: RDS.15, https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html
# Fault at: aws_rds_cluster.aurone_fault
# Near miss at: aws_rds_cluster.aurone_near

resource "aws_rds_cluster" "aurone_fault" {
  cluster_identifier                  = "shop-prod-aurone"
  engine                              = "aurora-mysql"
  engine_version                      = "8.0.mysql_aurora.3.08.2"
  database_name                       = "orders"
  master_username                     = "shopowner"
  manage_master_user_password         = true
  master_user_secret_kms_key_id       = aws_kms_key.work.arn
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.work.arn
  backup_retention_period             = 14
  deletion_protection                 = true
  copy_tags_to_snapshot               = true
  iam_database_authentication_enabled = true
  enabled_cloudwatch_logs_exports     = ["audit", "error", "slowquery"]
  db_subnet_group_name                = aws_db_subnet_group.rds.name
  vpc_security_group_ids              = [aws_security_group.work_app.id]
  port                                = 6033
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "shop-prod-aurone-final"
}

resource "aws_rds_cluster_instance" "aurone" {
  identifier                      = "shop-prod-aurone-0"
  cluster_identifier              = aws_rds_cluster.aurone_fault.id
  engine                          = "aurora-mysql"
  instance_class                  = "db.r7g.large"
  publicly_accessible             = false
  auto_minor_version_upgrade      = true
  copy_tags_to_snapshot           = true
  monitoring_interval             = 60
  monitoring_role_arn             = aws_iam_role.rds_monitor.arn
  performance_insights_enabled    = true
  performance_insights_kms_key_id = aws_kms_key.work.arn
  ca_cert_identifier              = "rds-ca-rsa2048-g1"
}

resource "aws_rds_cluster" "aurone_near" {
  cluster_identifier                  = "shop-prod-aurtwo"
  engine                              = "aurora-mysql"
  engine_version                      = "8.0.mysql_aurora.3.08.2"
  database_name                       = "orders"
  master_username                     = "shopowner"
  manage_master_user_password         = true
  master_user_secret_kms_key_id       = aws_kms_key.work.arn
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.work.arn
  backup_retention_period             = 14
  deletion_protection                 = true
  copy_tags_to_snapshot               = true
  iam_database_authentication_enabled = true
  enabled_cloudwatch_logs_exports     = ["audit", "error", "slowquery"]
  db_subnet_group_name                = aws_db_subnet_group.rds.name
  vpc_security_group_ids              = [aws_security_group.work_app.id]
  port                                = 6033
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "shop-prod-aurtwo-final"
}

resource "aws_rds_cluster_instance" "aurtwo" {
  count = 2

  identifier                      = "shop-prod-aurtwo-${count.index}"
  cluster_identifier              = aws_rds_cluster.aurone_near.id
  engine                          = "aurora-mysql"
  instance_class                  = "db.r7g.large"
  publicly_accessible             = false
  auto_minor_version_upgrade      = true
  copy_tags_to_snapshot           = true
  monitoring_interval             = 60
  monitoring_role_arn             = aws_iam_role.rds_monitor.arn
  performance_insights_enabled    = true
  performance_insights_kms_key_id = aws_kms_key.work.arn
  ca_cert_identifier              = "rds-ca-rsa2048-g1"
}
