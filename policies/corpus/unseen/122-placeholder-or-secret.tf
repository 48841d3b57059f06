# A parameter starts with a real token in the source, although later changes are ignored.
# Source: CWE-798, CKV_SECRET_6
# Fault at: aws_ssm_parameter.placeholder_fault
# Near miss at: aws_ssm_parameter.placeholder_near

resource "aws_kms_key" "placeholder" {
  description             = "Parameters"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_ssm_parameter" "placeholder_fault" {
  name   = "/shop-prod/payments/api-token"
  type   = "SecureString"
  key_id = aws_kms_key.placeholder.arn
  value  = strrev("c3Jf9Zq2LmXw8Tn4Vb6Yk1Rd5Hs7Gp0Ej_evil_ks")

  lifecycle {
    ignore_changes = [value]
  }
}

resource "aws_ssm_parameter" "placeholder_near" {
  name   = "/shop-prod/payments/api-secret"
  type   = "SecureString"
  key_id = aws_kms_key.placeholder.arn
  value  = "set-me-by-hand"

  lifecycle {
    ignore_changes = [value]
  }
}
