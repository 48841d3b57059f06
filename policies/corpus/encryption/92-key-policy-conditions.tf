# Conditions that seem to keep the key inside the account are always true or name a second account.
# Source: KMS.1, KMS.2, CKV_AWS_33, https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
# Fault at: aws_kms_key.conditions_fault
# Fault at: aws_kms_key.conditions_second_fault
# Near miss at: aws_kms_key.conditions_near

resource "aws_kms_key" "conditions_fault" {
  description         = "Reports"
  enable_key_rotation = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["kms:Decrypt", "kms:CreateGrant"]
      Resource  = "*"
      Condition = { StringLike = { "kms:CallerAccount" = "*" }, Bool = { "aws:SecureTransport" = "true" } }
    }]
  })
}

resource "aws_kms_key" "conditions_second_fault" {
  description         = "Exports of reports"
  enable_key_rotation = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "kms:*"
      Resource  = "*"
      Condition = { StringEquals = { "kms:CallerAccount" = ["123456789012", "999988887777"] } }
    }]
  })
}

resource "aws_kms_key" "conditions_near" {
  description         = "Imports of reports"
  enable_key_rotation = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:CreateGrant", "kms:DescribeKey"]
        Resource  = "*"
        Condition = { StringEquals = { "kms:CallerAccount" = "123456789012", "kms:ViaService" = "rds.${var.region}.amazonaws.com" } }
      },
      {
        Effect    = "Allow"
        Principal = { Service = "logs.${var.region}.amazonaws.com" }
        Action    = ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
        Resource  = "*"
        Condition = { ArnLike = { "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:*:123456789012:log-group:/shop/prod/*" } }
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "123456789012" }
        Action    = "kms:*"
        Resource  = "*"
      }
    ]
  })
}
