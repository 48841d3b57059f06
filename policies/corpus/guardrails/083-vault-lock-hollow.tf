# The lock of the backup vault accepts backups that live for a day.
# Source: https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
# Fault at: aws_backup_vault_lock_configuration.vault_lock_hollow_fault
# Near miss at: aws_backup_vault_lock_configuration.vault_lock_hollow_near

resource "aws_backup_vault_lock_configuration" "vault_lock_hollow_fault" {
  backup_vault_name  = "shop-prod-orders"
  min_retention_days = 1
  max_retention_days = 2
}

resource "aws_backup_vault_lock_configuration" "vault_lock_hollow_near" {
  backup_vault_name  = "shop-prod-billing"
  min_retention_days = 60
  max_retention_days = 2557
}
