# A bucket policy denies the encrypted requests instead of the unencrypted ones, and its allowance for the organization therefore works without TLS only.
# Source: S3.5, CKV_AWS_379
# Fault at: aws_s3_bucket_policy.inverted_fault
# Near miss at: aws_s3_bucket_policy.inverted_near

locals {
  inverted = { for name, flag in { a = true, b = false } : name => {
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Company"
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::shop-prod-inverted-${name}/*"
      Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }
      }, {
      Sid       = "OnlyTls"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::shop-prod-inverted-${name}", "arn:aws:s3:::shop-prod-inverted-${name}/*"]
      Condition = { Bool = { "aws:SecureTransport" = tostring(flag) } }
    }]
  } }
}

resource "aws_s3_bucket_policy" "inverted_fault" {
  bucket = "shop-prod-inverted-a"
  policy = jsonencode(local.inverted["a"])
}

resource "aws_s3_bucket_policy" "inverted_near" {
  bucket = "shop-prod-inverted-b"
  policy = jsonencode(local.inverted["b"])
}
