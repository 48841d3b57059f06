# Nobody is told when a backup fails.
# Source: https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-notifications.html
# Fault at: aws_backup_vault_notifications.backup_failures_untold_fault
# Near miss at: aws_backup_vault_notifications.backup_failures_untold_near

resource "aws_backup_vault_notifications" "backup_failures_untold_fault" {
  backup_vault_name   = "shop-prod-orders"
  sns_topic_arn       = "arn:aws:sns:::shop-prod-backup"
  backup_vault_events = ["RESTORE_JOB_STARTED"]
}

resource "aws_backup_vault_notifications" "backup_failures_untold_near" {
  backup_vault_name   = "shop-prod-billing"
  sns_topic_arn       = "arn:aws:sns:::shop-prod-backup"
  backup_vault_events = ["BACKUP_JOB_COMPLETED", "COPY_JOB_FAILED", "RECOVERY_POINT_MODIFIED", "BACKUP_JOB_FAILED"]
}
