# A foreign account has full control over the key, because its root is listed beside our own.
# Source: CKV_AWS_33, https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
# Fault at: aws_kms_key.kms_root_fault
# Near miss at: aws_kms_key.kms_root_near

resource "aws_kms_key" "kms_root_fault" {
  description             = "Encrypts invoices (a)."
  deletion_window_in_days = 30
  enable_key_rotation     = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Enable IAM User Permissions"
      Effect    = "Allow"
      Principal = { AWS = ["arn:aws:iam::${var.account_id}:root", "arn:aws:iam::999988887777:root"] }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_kms_key" "kms_root_near" {
  description             = "Encrypts invoices (b)."
  deletion_window_in_days = 30
  enable_key_rotation     = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Enable IAM User Permissions"
      Effect    = "Allow"
      Principal = { AWS = ["arn:aws:iam::${var.account_id}:root", var.account_id] }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}
