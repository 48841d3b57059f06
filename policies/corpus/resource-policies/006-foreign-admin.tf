# A foreign account can replace the bucket policy, because PutBucketPolicy hides in a list of read actions.
# Source: S3.6
# Fault at: aws_s3_bucket_policy.foreign_admin_fault
# Near miss at: aws_s3_bucket_policy.foreign_admin_near

resource "aws_s3_bucket_policy" "foreign_admin_fault" {
  bucket = "shop-prod-foreign-admin-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "999988887777" }
        Action    = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutBucketPolicy", "s3:ListBucket"]
        Resource  = ["arn:aws:s3:::shop-prod-foreign-admin-a", "arn:aws:s3:::shop-prod-foreign-admin-a/*"]
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-foreign-admin-a", "arn:aws:s3:::shop-prod-foreign-admin-a/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

resource "aws_s3_bucket_policy" "foreign_admin_near" {
  bucket = "shop-prod-foreign-admin-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { Service = "logging.s3.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "arn:aws:s3:::shop-prod-foreign-admin-b/*"
        Condition = {
          ArnLike      = { "aws:SourceArn" = "arn:aws:s3:::shop-prod-*" }
          StringEquals = { "aws:SourceAccount" = var.account_id }
        }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-foreign-admin-b", "arn:aws:s3:::shop-prod-foreign-admin-b/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}
