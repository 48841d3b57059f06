# Everybody can read the secret, because its policy names everybody with a JSON escape.
# Source: CKV_AWS_283
# Fault at: aws_secretsmanager_secret.escaped_fault
# Near miss at: aws_secretsmanager_secret.escaped_near

resource "aws_secretsmanager_secret" "escaped_fault" {
  name       = "shop-prod-courier-a"
  kms_key_id = aws_kms_key.kms_root_near.arn
  policy     = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": { "AWS": "\u002a" },
        "Action": "SecretsManager:getSecretValue",
        "Resource": "*",
        "Condition": { "StringLike": { "AWS:PrincipalOrgId": "\u002a" } }
      }
    }
  JSON
}

resource "aws_secretsmanager_secret_rotation" "escaped_a" {
  secret_id           = aws_secretsmanager_secret.escaped_fault.id
  rotation_lambda_arn = "arn:aws:lambda:${var.region}:${var.account_id}:function:shop-prod-rotate"

  rotation_rules {
    automatically_after_days = 30
  }
}

resource "aws_secretsmanager_secret" "escaped_near" {
  name       = "shop-prod-courier-b"
  kms_key_id = aws_kms_key.kms_root_near.arn
  policy     = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Principal": { "AWS": "*" },
        "Action": "SecretsManager:getSecretValue",
        "Resource": "*",
        "Condition": { "StringEquals": { "AWS:principalorgid": "${var.org_id}" } }
      }
    }
  JSON
}

resource "aws_secretsmanager_secret_rotation" "escaped_b" {
  secret_id           = aws_secretsmanager_secret.escaped_near.id
  rotation_lambda_arn = "arn:aws:lambda:${var.region}:${var.account_id}:function:shop-prod-rotate"

  rotation_rules {
    automatically_after_days = 30
  }
}
