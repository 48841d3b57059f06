# Secrets without values. An operator stores the values outside Terraform (for example with
# `headgate keys init`), so that no value is ever in a plan or in the state.
resource "aws_secretsmanager_secret" "this" {
  for_each = var.secrets

  name                    = "${var.name_prefix}${each.key}"
  description             = each.value
  kms_key_id              = var.kms_key_arn
  recovery_window_in_days = var.recovery_window_days

  tags = var.tags
}
