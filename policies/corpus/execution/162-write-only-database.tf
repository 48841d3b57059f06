# A database has its password as a literal in a write-only attribute.
# Source: https://developer.hashicorp.com/terraform/language/resources/ephemeral/write-only
# Fault at: aws_rds_cluster.secwodb_fault
# Near miss at: aws_redshift_cluster.secwodb_near

resource "aws_kms_key" "secwodb_key" {
  description         = "Key for secwodb_key"
  enable_key_rotation = true
}

resource "aws_rds_cluster" "secwodb_fault" {
  cluster_identifier                  = "shop-prod-secwodb-fault"
  engine                              = "aurora-postgresql"
  engine_version                      = "16.4"
  master_username                     = "shop"
  master_password_wo                  = "Fruehling-Orders-24"
  master_password_wo_version          = 1
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.secwodb_key.arn
  deletion_protection                 = true
  backup_retention_period             = 14
  copy_tags_to_snapshot               = true
  iam_database_authentication_enabled = true
  enabled_cloudwatch_logs_exports     = ["postgresql"]
  final_snapshot_identifier           = "shop-prod-secwodb-final"
  db_subnet_group_name                = "shop-prod-db"
}

resource "aws_redshift_cluster" "secwodb_near" {
  cluster_identifier                  = "shop-prod-secwodb-near"
  node_type                           = "ra3.large"
  number_of_nodes                     = 2
  cluster_type                        = "multi-node"
  master_username                     = "shop"
  manage_master_password              = true
  master_password_secret_kms_key_id   = aws_kms_key.secwodb_key.arn
  encrypted                           = true
  kms_key_id                          = aws_kms_key.secwodb_key.arn
  publicly_accessible                 = false
  enhanced_vpc_routing                = true
  automated_snapshot_retention_period = 14
  cluster_subnet_group_name           = "shop-prod-dw"
  cluster_parameter_group_name        = "shop-prod-dw"
  final_snapshot_identifier           = "shop-prod-secwodb-near-final"
  availability_zone_relocation_enabled = true
}
