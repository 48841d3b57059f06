# Every AWS account that belongs to any organization can read the bucket, because the organization id is matched with a wildcard.
# Source: CKV_AWS_70, S3.6
# Fault at: aws_s3_bucket_policy.org_like_fault
# Near miss at: aws_s3_bucket_policy.org_like_near

variable "account_id" {
  description = "The account of this environment."
  type        = string
  default     = "123456789012"
}

variable "partner_account_id" {
  description = "The account of a partner, outside our organization."
  type        = string
  default     = "999988887777"
}

variable "org_id" {
  description = "Our AWS Organization."
  type        = string
  default     = "o-a1b2c3d4e5"
}

resource "aws_s3_bucket_policy" "org_like_fault" {
  bucket = "shop-prod-org-like-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = "s3:GetObject"
        Resource  = "arn:aws:s3:::shop-prod-org-like-a/*"
        Condition = { StringLike = { "aws:PrincipalOrgID" = "o-*" } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-org-like-a", "arn:aws:s3:::shop-prod-org-like-a/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

resource "aws_s3_bucket_policy" "org_like_near" {
  bucket = "shop-prod-org-like-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = "s3:GetObject"
        Resource  = "arn:aws:s3:::shop-prod-org-like-b/*"
        Condition = { StringLike = { "aws:PrincipalOrgID" = [var.org_id] } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-org-like-b", "arn:aws:s3:::shop-prod-org-like-b/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}
