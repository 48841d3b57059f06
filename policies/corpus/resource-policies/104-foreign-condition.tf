# A foreign account can read the bucket; it is named in a condition instead of the principal.
# Source: S3.6
# Fault at: aws_s3_bucket_policy.foreign_condition_fault
# Near miss at: aws_s3_bucket_policy.foreign_condition_near

resource "aws_s3_bucket_policy" "foreign_condition_fault" {
  bucket = "shop-prod-foreign-condition-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["s3:GetObject", "s3:PutObject"]
        Resource  = "arn:aws:s3:::shop-prod-foreign-condition-a/*"
        Condition = { StringEquals = { "aws:PrincipalAccount" = [var.account_id, var.partner_account_id] } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-foreign-condition-a", "arn:aws:s3:::shop-prod-foreign-condition-a/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

resource "aws_s3_bucket_policy" "foreign_condition_near" {
  bucket = "shop-prod-foreign-condition-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["s3:GetObject", "s3:PutObject"]
        Resource  = "arn:aws:s3:::shop-prod-foreign-condition-b/*"
        Condition = { StringEquals = { "aws:PrincipalAccount" = [var.account_id] } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-foreign-condition-b", "arn:aws:s3:::shop-prod-foreign-condition-b/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}
