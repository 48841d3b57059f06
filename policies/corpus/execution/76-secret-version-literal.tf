# A version of a secret gets its text from the source.
# Source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/best-practices.html
# Fault at: aws_secretsmanager_secret_version.secver_fault
# Near miss at: aws_secretsmanager_secret_version.secver_near

resource "aws_kms_key" "secver_key" {
  description         = "Key for secver_key"
  enable_key_rotation = true
}

resource "aws_secretsmanager_secret" "secver_secret" {
  for_each   = toset(["a", "b"])
  name       = "shop-prod-secver-${each.key}"
  kms_key_id = aws_kms_key.secver_key.arn
}

resource "aws_secretsmanager_secret_version" "secver_fault" {
  secret_id     = aws_secretsmanager_secret.secver_secret["a"].id
  secret_string = jsonencode({ user = "shop", phrase = "summer-rain-over-lisbon-77" })
}

resource "aws_secretsmanager_secret_version" "secver_near" {
  secret_id     = aws_secretsmanager_secret.secver_secret["b"].id
  secret_string = "REPLACE_ME"

  lifecycle {
    ignore_changes = [secret_string]
  }
}
