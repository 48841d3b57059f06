# A write-only attribute hides a literal secret from the planned values, but not from the source.
# Source: https://developer.hashicorp.com/terraform/language/resources/ephemeral/write-only
# Fault at: aws_secretsmanager_secret_version.secwo_fault
# Fault at: aws_ssm_parameter.secwo_fault
# Near miss at: aws_secretsmanager_secret_version.secwo_near
# Near miss at: aws_secretsmanager_secret_version.secwo_json_near
# Near miss at: aws_glue_trigger.secwo_near

resource "aws_kms_key" "secwo_key" {
  description         = "Key for secwo_key"
  enable_key_rotation = true
}

resource "aws_secretsmanager_secret" "secwo_secret" {
  for_each   = toset(["a", "b"])
  name       = "shop-prod-secwo-${each.key}"
  kms_key_id = aws_kms_key.secwo_key.arn
}

resource "aws_secretsmanager_secret_version" "secwo_fault" {
  secret_id                = aws_secretsmanager_secret.secwo_secret["a"].id
  secret_string_wo         = "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"
  secret_string_wo_version = 1
}

resource "aws_ssm_parameter" "secwo_fault" {
  name             = "/shop-prod/secwo"
  type             = "SecureString"
  key_id           = aws_kms_key.secwo_key.arn
  value_wo         = "fDRC393wPzuzXsHaaRQu"
  value_wo_version = 1
}

ephemeral "aws_secretsmanager_secret_version" "secwo_source" {
  secret_id = aws_secretsmanager_secret.secwo_secret["a"].arn
}

# A placeholder in JSON; the real value is set by hand later.
resource "aws_secretsmanager_secret_version" "secwo_json_near" {
  secret_id     = aws_secretsmanager_secret.secwo_secret["b"].id
  secret_string = jsonencode({ user = "shop", password = "CHANGE_ME" })

  lifecycle {
    ignore_changes = [secret_string]
  }
}

# The name of a secret is not a secret.
resource "aws_glue_trigger" "secwo_near" {
  name = "shop-prod-secwo"
  type = "ON_DEMAND"

  actions {
    job_name  = "shop-prod-etl"
    arguments = { "--db_password_secret" = "shop-prod-db-password" }
  }
}

resource "aws_secretsmanager_secret_version" "secwo_near" {
  secret_id                = aws_secretsmanager_secret.secwo_secret["b"].id
  secret_string_wo         = ephemeral.aws_secretsmanager_secret_version.secwo_source.secret_string
  secret_string_wo_version = 1
}
