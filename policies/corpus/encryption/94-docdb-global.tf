# The global document database is not encrypted.
# Source: CKV_AWS_360 (related), https://docs.aws.amazon.com/documentdb/latest/developerguide/global-clusters.html
# Fault at: aws_docdb_global_cluster.planet_fault
# Near miss at: aws_docdb_global_cluster.planet_near

resource "aws_kms_key" "planet" {
  description         = "Global documents"
  enable_key_rotation = true
}

resource "aws_docdb_cluster" "planet" {
  cluster_identifier              = "shop-prod-planet"
  engine                          = "docdb"
  master_username                 = "documents"
  manage_master_user_password     = true
  storage_encrypted               = true
  kms_key_id                      = aws_kms_key.planet.arn
  backup_retention_period         = 14
  deletion_protection             = true
  db_subnet_group_name            = "shop-prod-databases"
  enabled_cloudwatch_logs_exports = ["audit", "profiler"]
  final_snapshot_identifier       = "shop-prod-planet-final"
}

resource "aws_docdb_global_cluster" "planet_fault" {
  global_cluster_identifier = "shop-prod-world"
  engine                    = "docdb"
  deletion_protection       = true
  storage_encrypted         = false
}

# Takes the encryption of the cluster that it is made from.
resource "aws_docdb_global_cluster" "planet_near" {
  global_cluster_identifier    = "shop-prod-planet"
  source_db_cluster_identifier = aws_docdb_cluster.planet.arn
  deletion_protection          = true
}
