# Anonymous callers can read the bucket, because the organization condition is skipped when the caller has no organization.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists
# Fault at: aws_s3_bucket_policy.org_ifexists_fault
# Near miss at: aws_s3_bucket_policy.org_ifexists_near

resource "aws_s3_bucket_policy" "org_ifexists_fault" {
  bucket = "shop-prod-org-ifexists-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["s3:GetObject", "s3:ListBucket"]
        Resource  = ["arn:aws:s3:::shop-prod-org-ifexists-a", "arn:aws:s3:::shop-prod-org-ifexists-a/*"]
        Condition = { StringEqualsIfExists = { "aws:PrincipalOrgID" = var.org_id } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-org-ifexists-a", "arn:aws:s3:::shop-prod-org-ifexists-a/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

resource "aws_s3_bucket_policy" "org_ifexists_near" {
  bucket = "shop-prod-org-ifexists-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["s3:GetObject", "s3:ListBucket"]
        Resource  = ["arn:aws:s3:::shop-prod-org-ifexists-b", "arn:aws:s3:::shop-prod-org-ifexists-b/*"]
        Condition = {
          StringEquals         = { "aws:PrincipalOrgID" = var.org_id }
          StringEqualsIfExists = { "aws:SourceVpce" = "vpce-0a1b2c3d4e5f60718" }
        }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-org-ifexists-b", "arn:aws:s3:::shop-prod-org-ifexists-b/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}
