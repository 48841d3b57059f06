# A password is copied from the secret store into a parameter that is plain text.
# Source: CKV2_AWS_34, CKV_AWS_337
# Fault at: aws_ssm_parameter.plain_fault
# Near miss at: aws_ssm_parameter.plain_near

resource "aws_kms_key" "plain" {
  description         = "Secrets"
  enable_key_rotation = true
}

resource "aws_secretsmanager_secret" "plain" {
  name       = "shop-prod-orders-database"
  kms_key_id = aws_kms_key.plain.arn
}

data "aws_secretsmanager_secret_version" "plain" {
  secret_id = aws_secretsmanager_secret.plain.id
}

resource "aws_ssm_parameter" "plain_fault" {
  name           = "/shop/prod/orders/database-password"
  description    = "Password of the order database"
  type           = "String"
  insecure_value = nonsensitive(data.aws_secretsmanager_secret_version.plain.secret_string)
}

# Says where the password is, not what it is.
resource "aws_ssm_parameter" "plain_near" {
  name        = "/shop/prod/orders/database-password-arn"
  description = "Where the password of the order database is"
  type        = "String"
  value       = aws_secretsmanager_secret.plain.arn
}
