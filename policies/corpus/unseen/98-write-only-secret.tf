# A secret's value stands as a literal in a write-only argument, which the plan shows as null.
# Source: CWE-798, https://developer.hashicorp.com/terraform/language/resources/ephemeral/write-only
# Fault at: aws_secretsmanager_secret_version.wo_secret_fault
# Near miss at: aws_secretsmanager_secret_version.wo_secret_near

resource "aws_kms_key" "wo_secret" {
  description             = "Secrets"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

locals {
  wo_secret = ["Winter", "2024", "shop!"]
}

resource "aws_secretsmanager_secret" "wo_secret" {
  for_each   = toset(["a", "b", "source"])
  name       = "shop-prod-wo-secret-${each.key}"
  kms_key_id = aws_kms_key.wo_secret.arn
}

ephemeral "aws_secretsmanager_secret_version" "wo_secret" {
  secret_id = aws_secretsmanager_secret.wo_secret["source"].id
}

resource "aws_secretsmanager_secret_version" "wo_secret_fault" {
  secret_id                = aws_secretsmanager_secret.wo_secret["a"].id
  secret_string_wo         = jsonencode({ username = "shopadmin", password = join("-", local.wo_secret) })
  secret_string_wo_version = 1
}

resource "aws_secretsmanager_secret_version" "wo_secret_near" {
  secret_id                = aws_secretsmanager_secret.wo_secret["b"].id
  secret_string_wo         = ephemeral.aws_secretsmanager_secret_version.wo_secret.secret_string
  secret_string_wo_version = 1
}
