# Requests without TLS reach most of the bucket, because the denial covers only the public prefix.
# Source: S3.5, CKV_AWS_379
# Fault at: aws_s3_bucket_policy.tls_prefix_fault
# Near miss at: aws_s3_bucket_policy.tls_prefix_near

resource "aws_s3_bucket_policy" "tls_prefix_fault" {
  bucket = "shop-prod-tls-prefix-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${var.account_id}:role/shop-prod-orders" }
        Action    = ["s3:GetObject", "s3:PutObject"]
        Resource  = "arn:aws:s3:::shop-prod-tls-prefix-a/*"
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-tls-prefix-a/public/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

resource "aws_s3_bucket_policy" "tls_prefix_near" {
  bucket = "shop-prod-tls-prefix-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${var.account_id}:role/shop-prod-orders" }
        Action    = ["s3:GetObject", "s3:PutObject"]
        Resource  = "arn:aws:s3:::shop-prod-tls-prefix-b/*"
      },
      {
        Sid       = "ModernTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-tls-prefix-b", "arn:aws:s3:::shop-prod-tls-prefix-b/*"]
        Condition = { NumericLessThan = { "s3:TlsVersion" = 1.2 } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-tls-prefix-b", "arn:aws:s3:::shop-prod-tls-prefix-b/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}
