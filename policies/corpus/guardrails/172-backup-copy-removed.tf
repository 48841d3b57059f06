# Backups are no longer copied to the other account.
# Source: Backup, https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html
# Fault at: aws_backup_plan.backup_copy_removed_fault
# Near miss at: aws_backup_plan.backup_copy_removed_near

resource "aws_backup_plan" "backup_copy_removed_fault" {
  name = "shop-prod-orders-copies"
  rule {
    rule_name         = "daily"
    target_vault_name = "shop-prod"
    schedule          = "cron(0 3 * * ? *)"
    lifecycle {
      delete_after = 90
    }
  }
}

resource "aws_backup_plan" "backup_copy_removed_near" {
  name = "shop-prod-billing-copies"
  rule {
    rule_name         = "daily"
    target_vault_name = "shop-prod"
    schedule          = "cron(0 3 * * ? *)"
    lifecycle {
      delete_after = 120
    }
    copy_action {
      destination_vault_arn = "arn:aws:backup:::backup-vault:shop-prod-offsite"
      lifecycle {
        delete_after = 365
      }
    }
  }
}
