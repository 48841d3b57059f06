# A Lightsail database has its password in the source.
# Source: https://docs.aws.amazon.com/lightsail/latest/userguide/amazon-lightsail-databases.html
# Fault at: aws_lightsail_database.seclsdb_fault
# Near miss at: aws_transfer_ssh_key.seclsdb_near

resource "aws_lightsail_database" "seclsdb_fault" {
  relational_database_name = "shop-prod-seclsdb-fault"
  master_database_name     = "orders"
  master_username          = "shop"
  master_password          = "Sommer-in-Bonn"
  blueprint_id             = "postgres_16"
  bundle_id                = "medium_ha_2_0"
  backup_retention_enabled = true
  publicly_accessible      = false
  final_snapshot_name      = "shop-prod-seclsdb-final"
}

resource "aws_transfer_ssh_key" "seclsdb_near" {
  server_id = "s-0123456789abcdef0"
  user_name = "shop-prod-partner"
  body      = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIISeu4kw6nLMY3o6r/jONKgzDX9kNRrhH6q4gbvGQ2Bt shop-prod"
}
