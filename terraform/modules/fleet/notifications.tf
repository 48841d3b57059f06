# Notifications for people: approval requests, reminders, decisions, and new groups of dead letters.
resource "aws_sns_topic" "notifications" {
  name              = "${local.prefix}notifications"
  kms_master_key_id = aws_kms_key.this.arn

  tags = var.tags
}
