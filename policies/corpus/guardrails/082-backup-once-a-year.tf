# A backup is made on one day of the year.
# Source: Backup.5, https://docs.aws.amazon.com/aws-backup/latest/devguide/creating-a-backup-plan.html
# Fault at: aws_backup_plan.backup_once_a_year_fault
# Near miss at: aws_backup_plan.backup_once_a_year_near

resource "aws_backup_plan" "backup_once_a_year_fault" {
  name = "shop-prod-orders-yearly"
  rule {
    rule_name         = "daily"
    target_vault_name = "shop-prod"
    schedule          = "cron(0 3 1 1 ? *)"
    lifecycle {
      delete_after = 90
    }
  }
}

resource "aws_backup_plan" "backup_once_a_year_near" {
  name = "shop-prod-billing-yearly"
  rule {
    rule_name         = "daily"
    target_vault_name = "shop-prod"
    schedule          = "cron(0 4 ? * * *)"
    lifecycle {
      delete_after = 90
    }
  }
}
