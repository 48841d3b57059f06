# Backups are deleted one day after they are made.
# Source: https://docs.aws.amazon.com/aws-backup/latest/devguide/creating-a-backup-plan.html, Audit Manager BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK
# Fault at: aws_backup_plan.keep_fault
# Near miss at: aws_backup_plan.keep_near

resource "aws_backup_vault" "vault" {
  name        = "shop-prod-vault"
  kms_key_arn = aws_kms_key.work.arn
}

resource "aws_backup_plan" "keep_fault" {
  name = "shop-prod-keep-day"
  rule {
    rule_name         = "daily"
    target_vault_name = aws_backup_vault.vault.name
    schedule          = "cron(0 3 * * ? *)"
    lifecycle {
      delete_after = 1
    }
  }
}

# Moves to cold storage after one day and stays there for a year.
resource "aws_backup_plan" "keep_near" {
  name = "shop-prod-keep"
  rule {
    rule_name         = "daily"
    target_vault_name = aws_backup_vault.vault.name
    schedule          = "cron(0 3 * * ? *)"
    lifecycle {
      cold_storage_after = 1
      delete_after       = 365
    }
  }
}
