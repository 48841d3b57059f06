# Backups are deleted after a day.
# Source: Backup.5, CKV_AWS_166
# Fault at: aws_backup_plan.backup_deleted_next_day_fault
# Near miss at: aws_backup_plan.backup_deleted_next_day_near

resource "aws_backup_plan" "backup_deleted_next_day_fault" {
  name = "shop-prod-orders"
  rule {
    rule_name         = "daily"
    target_vault_name = "shop-prod"
    schedule          = "cron(0 3 * * ? *)"
    lifecycle {
      delete_after = 1
    }
  }
}

resource "aws_backup_plan" "backup_deleted_next_day_near" {
  name = "shop-prod-billing"
  rule {
    rule_name         = "daily"
    target_vault_name = "shop-prod"
    schedule          = "cron(0 3 * * ? *)"
    lifecycle {
      delete_after       = 365
      cold_storage_after = 30
    }
  }
}
