# Callers that have no organization, and so anonymous ones, can put objects into the bucket.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null
# Fault at: aws_s3_bucket_policy.org_null_fault
# Near miss at: aws_s3_bucket_policy.org_null_near

resource "aws_s3_bucket_policy" "org_null_fault" {
  bucket = "shop-prod-org-null-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = "s3:PutObject"
        Resource  = "arn:aws:s3:::shop-prod-org-null-a/*"
        Condition = { Null = { "aws:PrincipalOrgID" = "true" } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-org-null-a", "arn:aws:s3:::shop-prod-org-null-a/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

resource "aws_s3_bucket_policy" "org_null_near" {
  bucket = "shop-prod-org-null-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "OnlyWithOurKey"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:PutObject"
        Resource  = "arn:aws:s3:::shop-prod-org-null-b/*"
        Condition = { Null = { "s3:x-amz-server-side-encryption-aws-kms-key-id" = "true" } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-org-null-b", "arn:aws:s3:::shop-prod-org-null-b/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}
