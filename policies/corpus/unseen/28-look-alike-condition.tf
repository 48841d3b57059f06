# A secret is readable by everybody, because the condition's key has a Cyrillic letter and is therefore never present.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists
# Fault at: aws_secretsmanager_secret_policy.look_alike_fault
# Near miss at: aws_secretsmanager_secret_policy.look_alike_near

resource "aws_kms_key" "look_alike" {
  description             = "Secrets"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_secretsmanager_secret" "look_alike" {
  name       = "shop-prod-look-alike"
  kms_key_id = aws_kms_key.look_alike.arn
}

resource "aws_secretsmanager_secret" "look_alike_b" {
  name       = "shop-prod-look-alike-b"
  kms_key_id = aws_kms_key.look_alike.arn
}

resource "aws_secretsmanager_secret_policy" "look_alike_fault" {
  secret_arn = aws_secretsmanager_secret.look_alike.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "secretsmanager:GetSecretValue"
      Resource  = "*"
      Condition = { StringEqualsIfExists = { "aws:PrincipаlOrgID" = "o-a1b2c3d4e5" } }
    }]
  })
}

resource "aws_secretsmanager_secret_policy" "look_alike_near" {
  secret_arn = aws_secretsmanager_secret.look_alike_b.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "secretsmanager:GetSecretValue"
      Resource  = "*"
      Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }
    }]
  })
}
