# An endpoint of the migration service contains the password of the source.
# Source: CKV_AWS_*, https://docs.aws.amazon.com/dms/latest/userguide/security_iam_secretsmanager.html
# Fault at: aws_dms_endpoint.secdms_fault
# Near miss at: aws_dms_endpoint.secdms_near

resource "aws_iam_role" "secdms_role" {
  name               = "shop-prod-secdms-role"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "dms.eu-central-1.amazonaws.com" } }] })
}

resource "aws_kms_key" "secdms_key" {
  description         = "Key for secdms_key"
  enable_key_rotation = true
}

resource "aws_dms_endpoint" "secdms_fault" {
  endpoint_id   = "shop-prod-secdms-fault"
  endpoint_type = "source"
  engine_name   = "postgres"
  server_name   = "db.shop.internal"
  port          = 5432
  database_name = "orders"
  username      = "dms"
  password      = "dms-migration"
  ssl_mode      = "require"
  kms_key_arn   = aws_kms_key.secdms_key.arn
}

resource "aws_dms_endpoint" "secdms_near" {
  endpoint_id                     = "shop-prod-secdms-near"
  endpoint_type                   = "source"
  engine_name                     = "postgres"
  database_name                   = "orders"
  secrets_manager_arn             = aws_secretsmanager_secret.secdms_secret.arn
  secrets_manager_access_role_arn = aws_iam_role.secdms_role.arn
  ssl_mode                        = "require"
  kms_key_arn                     = aws_kms_key.secdms_key.arn
}

resource "aws_secretsmanager_secret" "secdms_secret" {
  name       = "shop-prod-secdms"
  kms_key_id = aws_kms_key.secdms_key.arn
}
