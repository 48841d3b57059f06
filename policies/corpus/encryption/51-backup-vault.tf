# Backups lie in a vault with AWS's key, which cannot be shared with the recovery account.
# Source: CKV_AWS_166, Backup.1
# Fault at: aws_backup_vault.vault_fault
# Near miss at: aws_backup_logically_air_gapped_vault.vault_near

resource "aws_backup_vault" "vault_fault" {
  name        = "shop-prod-nightly"
  kms_key_arn = null
}

resource "aws_backup_vault_lock_configuration" "vault_fault" {
  backup_vault_name  = aws_backup_vault.vault_fault.name
  min_retention_days = 14
  max_retention_days = 400
}

# A logically air-gapped vault always has its own key of the service.
resource "aws_backup_logically_air_gapped_vault" "vault_near" {
  name               = "shop-prod-isolated"
  min_retention_days = 14
  max_retention_days = 400
}
