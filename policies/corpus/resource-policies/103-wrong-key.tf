# Everybody can read the bucket, because the condition looks at the Region of the request instead of the caller.
# Source: CKV_AWS_70
# Fault at: aws_s3_bucket_policy.wrong_key_fault
# Near miss at: aws_s3_bucket_policy.wrong_key_near

resource "aws_s3_bucket_policy" "wrong_key_fault" {
  bucket = "shop-prod-wrong-key-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = "s3:GetObject"
        Resource  = "arn:aws:s3:::shop-prod-wrong-key-a/*"
        Condition = { StringEquals = { "aws:RequestedRegion" = var.region, "s3:ExistingObjectTag/Public" = "no" } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-wrong-key-a", "arn:aws:s3:::shop-prod-wrong-key-a/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

resource "aws_s3_bucket_policy" "wrong_key_near" {
  bucket = "shop-prod-wrong-key-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = "s3:GetObject"
        Resource  = "arn:aws:s3:::shop-prod-wrong-key-b/*"
        Condition = { StringEquals = { "aws:RequestedRegion" = var.region, "aws:PrincipalAccount" = var.account_id } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-wrong-key-b", "arn:aws:s3:::shop-prod-wrong-key-b/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}
