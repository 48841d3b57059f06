# One of the instances which a loop makes is public, though its cluster looks private.
# Source: RDS.2, CKV_AWS_17
# Fault at: aws_rds_cluster_instance.aurpub["reader"]
# Near miss at: aws_rds_cluster_instance.aurpub["writer"]

resource "aws_db_subnet_group" "rds" {
  name       = "shop-prod-rds"
  subnet_ids = [aws_subnet.work_a.id, aws_subnet.work_b.id, aws_subnet.work_c.id]
}

resource "aws_iam_role" "rds_monitor" {
  name = "shop-prod-rds-monitor"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "monitoring.rds.amazonaws.com" } }]
  })
}

resource "aws_rds_cluster" "aurpub" {
  cluster_identifier                  = "shop-prod-aurpub"
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
  final_snapshot_identifier           = "shop-prod-aurpub-final"
}

resource "aws_rds_cluster_instance" "aurpub" {
  for_each = {
    writer = { exposed = false }
    reader = { exposed = true }
  }

  identifier                      = "shop-prod-aurpub-${each.key}"
  cluster_identifier              = aws_rds_cluster.aurpub.id
  engine                          = "aurora-mysql"
  instance_class                  = "db.r7g.large"
  publicly_accessible             = each.value.exposed
  auto_minor_version_upgrade      = true
  copy_tags_to_snapshot           = true
  monitoring_interval             = 60
  monitoring_role_arn             = aws_iam_role.rds_monitor.arn
  performance_insights_enabled    = true
  performance_insights_kms_key_id = aws_kms_key.work.arn
  ca_cert_identifier              = "rds-ca-rsa2048-g1"
}
