# Every account outside the organization can read the bucket, because the organization condition is negated.
# Source: CKV_AWS_70
# Fault at: aws_s3_bucket_policy.org_negated_fault
# Near miss at: aws_s3_bucket_policy.org_negated_near

resource "aws_s3_bucket_policy" "org_negated_fault" {
  bucket = "shop-prod-org-negated-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = "s3:GetObject"
        Resource  = "arn:aws:s3:::shop-prod-org-negated-a/*"
        Condition = { StringNotEquals = { "aws:PrincipalOrgID" = var.org_id } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-org-negated-a", "arn:aws:s3:::shop-prod-org-negated-a/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

resource "aws_s3_bucket_policy" "org_negated_near" {
  bucket = "shop-prod-org-negated-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = "s3:GetObject"
        Resource  = "arn:aws:s3:::shop-prod-org-negated-b/*"
        Condition = {
          StringEquals  = { "aws:PrincipalOrgID" = var.org_id }
          StringNotLike = { "aws:PrincipalArn" = "arn:aws:iam::*:role/sandbox-*" }
        }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-org-negated-b", "arn:aws:s3:::shop-prod-org-negated-b/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}
