# A parameter gets its secret from the source.
# Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-securestring.html
# Fault at: aws_ssm_parameter.secpar_fault
# Fault at: aws_ssm_parameter.secpar_plain_fault
# Near miss at: aws_ssm_parameter.secpar_near
# Near miss at: aws_ssm_parameter.secpar_key_near

resource "aws_kms_key" "secpar_key" {
  description         = "Key for secpar_key"
  enable_key_rotation = true
}

resource "aws_ssm_parameter" "secpar_fault" {
  name   = "/shop-prod/checkout/setting"
  type   = "SecureString"
  key_id = aws_kms_key.secpar_key.arn
  value  = "correct-Horse-42-battery!"
}

resource "aws_ssm_parameter" "secpar_plain_fault" {
  name  = "/shop-prod/checkout/mail"
  type  = "String"
  value = "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"
}

# The real value is set by hand later.
resource "aws_ssm_parameter" "secpar_near" {
  name   = "/shop-prod/checkout/token"
  type   = "SecureString"
  key_id = aws_kms_key.secpar_key.arn
  value  = "REPLACE_ME"

  lifecycle {
    ignore_changes = [value]
  }
}

resource "aws_ssm_parameter" "secpar_key_near" {
  name  = "/shop-prod/deploy/ssh-public-key"
  type  = "String"
  value = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIISeu4kw6nLMY3o6r/jONKgzDX9kNRrhH6q4gbvGQ2Bt shop-prod"
}
