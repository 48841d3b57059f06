# The Lightsail database is reachable from the internet.
# Source: RDS.2 (same meaning), https://docs.aws.amazon.com/lightsail/latest/userguide/amazon-lightsail-configuring-database-public-mode.html
# Fault at: aws_lightsail_database.lsdb_fault
# Near miss at: aws_lightsail_database.lsdb_near

resource "aws_lightsail_database" "lsdb_fault" {
  relational_database_name = "shop-prod-ls-open"
  availability_zone        = "${var.region}a"
  master_database_name     = "orders"
  master_username          = "shopowner"
  master_password          = aws_secretsmanager_secret.mq.name_prefix
  blueprint_id             = "postgres_16"
  bundle_id                = "medium_ha_2_0"
  backup_retention_enabled = true
  publicly_accessible      = true
  skip_final_snapshot      = false
  final_snapshot_name      = "shop-prod-ls-open-final"
}

resource "aws_lightsail_database" "lsdb_near" {
  relational_database_name = "shop-prod-ls"
  availability_zone        = "${var.region}a"
  master_database_name     = "orders"
  master_username          = "shopowner"
  master_password          = aws_secretsmanager_secret.mq.name_prefix
  blueprint_id             = "postgres_16"
  bundle_id                = "medium_ha_2_0"
  backup_retention_enabled = true
  publicly_accessible      = false
  skip_final_snapshot      = false
  final_snapshot_name      = "shop-prod-ls-final"
}
