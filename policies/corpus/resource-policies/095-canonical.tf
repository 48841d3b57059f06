# An account that nobody knows can read the bucket; it is named by its canonical user id.
# Source: S3.6, https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-bucket-user-policy-specifying-principal-intro.html
# Fault at: aws_s3_bucket_policy.canonical_fault
# Near miss at: aws_s3_bucket_policy.canonical_near

resource "aws_s3_bucket_policy" "canonical_fault" {
  bucket = "shop-prod-canonical-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { CanonicalUser = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be" }
        Action    = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
        Resource  = "arn:aws:s3:::shop-prod-canonical-a/*"
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-canonical-a", "arn:aws:s3:::shop-prod-canonical-a/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

resource "aws_s3_bucket_policy" "canonical_near" {
  bucket = "shop-prod-canonical-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E2QWRUHAPOMQZL" }
        Action    = "s3:GetObject"
        Resource  = "arn:aws:s3:::shop-prod-canonical-b/*"
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-canonical-b", "arn:aws:s3:::shop-prod-canonical-b/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}
