# Anonymous callers can write to the bucket, because ForAllValues is true when the caller has no organization path.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
# Fault at: aws_s3_bucket_policy.org_forall_fault
# Near miss at: aws_s3_bucket_policy.org_forall_near

resource "aws_s3_bucket_policy" "org_forall_fault" {
  bucket = "shop-prod-org-forall-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["s3:GetObject", "s3:PutObject"]
        Resource  = "arn:aws:s3:::shop-prod-org-forall-a/*"
        Condition = { "ForAllValues:StringLike" = { "aws:PrincipalOrgPaths" = ["${var.org_id}/r-ab12/ou-ab12-11111111/*"] } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-org-forall-a", "arn:aws:s3:::shop-prod-org-forall-a/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

resource "aws_s3_bucket_policy" "org_forall_near" {
  bucket = "shop-prod-org-forall-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["s3:GetObject", "s3:PutObject"]
        Resource  = "arn:aws:s3:::shop-prod-org-forall-b/*"
        Condition = { "ForAnyValue:StringLike" = { "aws:PrincipalOrgPaths" = ["${var.org_id}/r-ab12/ou-ab12-11111111/*"] } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-org-forall-b", "arn:aws:s3:::shop-prod-org-forall-b/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}
