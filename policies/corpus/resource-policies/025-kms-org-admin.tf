# Everybody in the organization can replace the key policy and delete the key.
# Source: CKV_AWS_33, https://docs.aws.amazon.com/kms/latest/developerguide/least-privilege.html
# Fault at: aws_kms_external_key.external_fault
# Near miss at: aws_kms_external_key.external_near

resource "aws_kms_external_key" "external_fault" {
  description             = "Key material of the payment provider (a)."
  deletion_window_in_days = 30

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
        Action    = ["kms:Decrypt", "kms:DescribeKey", "kms:Put*", "kms:ScheduleKeyDeletion"]
        Resource  = "*"
        Condition = { StringEquals = { "aws:PrincipalOrgID" = var.org_id } }
      }
    ]
  })
}

resource "aws_kms_external_key" "external_near" {
  description             = "Key material of the payment provider (b)."
  deletion_window_in_days = 30

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
        Condition = { StringEquals = { "aws:PrincipalOrgID" = var.org_id } }
      }
    ]
  })
}
