# Everybody can read and delete objects, because the only condition is that the request uses TLS.
# Source: CKV_AWS_70, S3.2
# Fault at: aws_s3_bucket_policy.tls_only_fault
# Near miss at: aws_s3_bucket_policy.tls_only_near

resource "aws_s3_bucket_policy" "tls_only_fault" {
  bucket = "shop-prod-tls-only-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = ["s3:GetObject", "s3:DeleteObject"]
        Resource  = "arn:aws:s3:::shop-prod-tls-only-a/*"
        Condition = { Bool = { "aws:SecureTransport" = "true" } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-tls-only-a", "arn:aws:s3:::shop-prod-tls-only-a/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

resource "aws_s3_bucket_policy" "tls_only_near" {
  bucket = "shop-prod-tls-only-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = ["s3:GetObject", "s3:DeleteObject"]
        Resource  = "arn:aws:s3:::shop-prod-tls-only-b/*"
        Condition = {
          Bool         = { "aws:SecureTransport" = "true" }
          StringEquals = { "aws:SourceVpc" = "vpc-0a1b2c3d4e5f60718", "aws:PrincipalOrgID" = var.org_id }
        }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-tls-only-b", "arn:aws:s3:::shop-prod-tls-only-b/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}
