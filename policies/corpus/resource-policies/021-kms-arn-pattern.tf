# A role with a certain name in any AWS account can decrypt, because the account in the pattern is a wildcard.
# Source: CKV_AWS_33
# Fault at: aws_kms_key.kms_arn_fault
# Near miss at: aws_kms_key.kms_arn_near

resource "aws_kms_key" "kms_arn_fault" {
  description             = "Encrypts orders (a)."
  deletion_window_in_days = 30
  enable_key_rotation     = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Administration"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${var.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = ["kms:Decrypt", "kms:DescribeKey"]
        Resource  = "*"
        Condition = { ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::*:role/shop-prod-*" } }
      }
    ]
  })
}

resource "aws_kms_key" "kms_arn_near" {
  description             = "Encrypts orders (b)."
  deletion_window_in_days = 30
  enable_key_rotation     = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Administration"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${var.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = ["kms:Decrypt", "kms:DescribeKey"]
        Resource  = "*"
        Condition = {
          ArnLike      = { "aws:PrincipalArn" = "arn:aws:iam::*:role/shop-prod-*" }
          StringEquals = { "aws:PrincipalOrgID" = var.org_id }
        }
      }
    ]
  })
}
