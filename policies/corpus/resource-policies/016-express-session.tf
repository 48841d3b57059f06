# Everybody can create read sessions on the directory bucket.
# Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-security-iam-example-bucket-policies.html
# Fault at: aws_s3_bucket_policy.express_session_fault
# Near miss at: aws_s3_bucket_policy.express_session_near

resource "aws_s3_bucket_policy" "express_session_fault" {
  bucket = "shop-prod-cache-a--euc1-az1--x-s3"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = ["*"] }
        Action    = "s3express:CreateSession"
        Resource  = "arn:aws:s3express:${var.region}:${var.account_id}:bucket/shop-prod-cache-a--euc1-az1--x-s3"
        Condition = { StringEquals = { "s3express:SessionMode" = "ReadOnly" } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3express:*"
        Resource  = "arn:aws:s3express:${var.region}:${var.account_id}:bucket/shop-prod-cache-a--euc1-az1--x-s3"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

resource "aws_s3_bucket_policy" "express_session_near" {
  bucket = "shop-prod-cache-b--euc1-az1--x-s3"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = ["*"] }
        Action    = "s3express:CreateSession"
        Resource  = "arn:aws:s3express:${var.region}:${var.account_id}:bucket/shop-prod-cache-b--euc1-az1--x-s3"
        Condition = {
          StringEquals = { "s3express:SessionMode" = "ReadOnly", "aws:PrincipalAccount" = var.account_id }
        }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3express:*"
        Resource  = "arn:aws:s3express:${var.region}:${var.account_id}:bucket/shop-prod-cache-b--euc1-az1--x-s3"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}
