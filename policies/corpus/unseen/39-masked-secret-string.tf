# A secret's value, with a password, stands in the source and is masked in the plan.
# Source: CKV_SECRET_6, CWE-798, SecretsManager best practices
# Fault at: aws_secretsmanager_secret_version.masked_fault
# Near miss at: aws_secretsmanager_secret_version.masked_near

resource "aws_kms_key" "masked" {
  description             = "Secrets"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_secretsmanager_secret" "masked" {
  name       = "shop-prod-masked"
  kms_key_id = aws_kms_key.masked.arn
}

resource "aws_elasticache_subnet_group" "masked" {
  name       = "shop-prod-masked"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
}

resource "aws_efs_file_system" "masked" {
  creation_token = "shop-prod-masked"
  encrypted      = true
  kms_key_id     = aws_kms_key.masked.arn
}

resource "aws_secretsmanager_secret_version" "masked_fault" {
  secret_id     = aws_secretsmanager_secret.masked.id
  secret_string = sensitive(jsonencode({ username = "shopadmin", password = "Winter-2024-shop!" }))
}

resource "aws_secretsmanager_secret_version" "masked_near" {
  secret_id     = aws_secretsmanager_secret.masked.id
  secret_string = jsonencode({ username = "shopadmin", host = aws_efs_file_system.masked.dns_name })
}
