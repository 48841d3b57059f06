# Every AWS user who has signed in with MFA can read the secret, whatever the account.
# Source: CKV_AWS_283, https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html
# Fault at: aws_secretsmanager_secret_policy.secret_mfa_fault
# Near miss at: aws_secretsmanager_secret_policy.secret_mfa_near

resource "aws_secretsmanager_secret_policy" "secret_mfa_fault" {
  secret_arn          = "arn:aws:secretsmanager:${var.region}:${var.account_id}:secret:shop-prod-card-a-AbCdEf"
  block_public_policy = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = "secretsmanager:GetSecretValue"
        Resource  = "*"
        Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } }
      }
    ]
  })
}

resource "aws_secretsmanager_secret_policy" "secret_mfa_near" {
  secret_arn          = "arn:aws:secretsmanager:${var.region}:${var.account_id}:secret:shop-prod-card-b-AbCdEf"
  block_public_policy = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Deny"
        Principal = "*"
        Action    = ["secretsmanager:PutSecretValue", "secretsmanager:DeleteSecret"]
        Resource  = "*"
        Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
      }
    ]
  })
}
