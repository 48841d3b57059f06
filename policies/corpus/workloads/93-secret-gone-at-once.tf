# The secret is deleted at once and for ever when somebody deletes it.
# Source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html
# Fault at: aws_secretsmanager_secret.gone_fault
# Near miss at: aws_secretsmanager_secret.gone_near

resource "aws_secretsmanager_secret" "gone_fault" {
  name                    = "shop-prod-gone"
  kms_key_id              = aws_kms_key.work.arn
  recovery_window_in_days = 0
}

resource "aws_secretsmanager_secret" "gone_near" {
  name                    = "shop-prod-kept"
  kms_key_id              = aws_kms_key.work.arn
  recovery_window_in_days = 14
}
