# The secret can no longer be recovered once it is deleted.
# Source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html
# Fault at: aws_secretsmanager_secret.secret_gone_at_once_fault
# Near miss at: aws_secretsmanager_secret.secret_gone_at_once_near

resource "aws_secretsmanager_secret" "secret_gone_at_once_fault" {
  name                    = "shop-prod-orders"
  description             = "Password of the ledger"
  kms_key_id              = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  recovery_window_in_days = 0
}

resource "aws_secretsmanager_secret" "secret_gone_at_once_near" {
  name                    = "shop-prod-billing"
  description             = "Password of the ledger"
  kms_key_id              = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  recovery_window_in_days = 30
}
