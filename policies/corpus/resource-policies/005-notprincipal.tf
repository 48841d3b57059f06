# Everybody in the world except one role can read the bucket, because NotPrincipal is combined with Allow.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
# Fault at: aws_s3_bucket_policy.notprincipal_fault
# Near miss at: aws_s3_bucket_policy.notprincipal_near

resource "aws_s3_bucket_policy" "notprincipal_fault" {
  bucket = "shop-prod-notprincipal-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid          = "EveryoneButCi"
        Effect       = "Allow"
        NotPrincipal = { AWS = "arn:aws:iam::${var.account_id}:role/shop-prod-ci" }
        Action       = "s3:GetObject"
        Resource     = "arn:aws:s3:::shop-prod-notprincipal-a/*"
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-notprincipal-a", "arn:aws:s3:::shop-prod-notprincipal-a/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

resource "aws_s3_bucket_policy" "notprincipal_near" {
  bucket = "shop-prod-notprincipal-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "OutsideOurOrganization"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-notprincipal-b", "arn:aws:s3:::shop-prod-notprincipal-b/*"]
        Condition = {
          StringNotEqualsIfExists = { "aws:PrincipalOrgID" = var.org_id }
          BoolIfExists            = { "aws:PrincipalIsAWSService" = "false" }
        }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-notprincipal-b", "arn:aws:s3:::shop-prod-notprincipal-b/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}
