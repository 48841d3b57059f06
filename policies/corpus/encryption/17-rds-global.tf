# The global database is not encrypted.
# Source: CKV_AWS_140
# Fault at: aws_rds_global_cluster.worldwide_fault
# Near miss at: aws_rds_global_cluster.worldwide_near

resource "aws_kms_key" "worldwide" {
  description         = "Global database"
  enable_key_rotation = true
}

resource "aws_rds_global_cluster" "worldwide_fault" {
  global_cluster_identifier = "shop-prod-worldwide"
  engine                    = "aurora-postgresql"
  engine_version            = "16.4"
  database_name             = "shop"
  deletion_protection       = true
}

resource "aws_rds_cluster" "worldwide" {
  cluster_identifier          = "shop-prod-catalog"
  engine                      = "aurora-postgresql"
  engine_version              = "16.4"
  master_username             = "shop"
  manage_master_user_password = true
  storage_encrypted           = true
  kms_key_id                  = aws_kms_key.worldwide.arn
  backup_retention_period     = 14
  deletion_protection         = true
  db_subnet_group_name        = "shop-prod-databases"

  lifecycle {
    ignore_changes = [global_cluster_identifier]
  }
}

# Takes the encryption of the cluster that it is made from.
resource "aws_rds_global_cluster" "worldwide_near" {
  global_cluster_identifier    = "shop-prod-catalog-worldwide"
  source_db_cluster_identifier = aws_rds_cluster.worldwide.arn
  force_destroy                = false
  deletion_protection          = true
}
