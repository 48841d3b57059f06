# The policy of the audit bucket refuses the files that CloudTrail delivers.
# Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
# Fault at: aws_s3_bucket_policy.audit_bucket_keeps_trail_out_fault
# Near miss at: aws_s3_bucket_policy.audit_bucket_keeps_trail_out_near

resource "aws_s3_bucket_policy" "audit_bucket_keeps_trail_out_fault" {
  bucket = "shop-prod-orders-audit-logs"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Acl"
        Effect    = "Allow"
        Principal = { Service = "cloudtrail.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = "arn:aws:s3:::shop-prod-orders-audit-logs"
        Condition = { StringLike = { "aws:SourceArn" = "arn:aws:cloudtrail:*:*:trail/shop-prod-*" } }
      },
      {
        Sid       = "Deliver"
        Effect    = "Allow"
        Principal = { Service = "cloudtrail.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "arn:aws:s3:::shop-prod-orders-audit-logs/AWSLogs/*"
        Condition = { StringLike = { "aws:SourceArn" = "arn:aws:cloudtrail:*:*:trail/shop-prod-*" } }
      },
      {
        Sid       = "Guard"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:PutObject"
        Resource  = ["arn:aws:s3:::shop-prod-orders-audit-logs", "arn:aws:s3:::shop-prod-orders-audit-logs/*"]
        Condition = { Bool = { "aws:PrincipalIsAWSService" = "true" } }
      },
    ]
  })
}

resource "aws_s3_bucket_policy" "audit_bucket_keeps_trail_out_near" {
  bucket = "shop-prod-billing-audit-logs"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Acl"
        Effect    = "Allow"
        Principal = { Service = "cloudtrail.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = "arn:aws:s3:::shop-prod-billing-audit-logs"
        Condition = { StringLike = { "aws:SourceArn" = "arn:aws:cloudtrail:*:*:trail/shop-prod-*" } }
      },
      {
        Sid       = "Deliver"
        Effect    = "Allow"
        Principal = { Service = "cloudtrail.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "arn:aws:s3:::shop-prod-billing-audit-logs/AWSLogs/*"
        Condition = { StringLike = { "aws:SourceArn" = "arn:aws:cloudtrail:*:*:trail/shop-prod-*" } }
      },
      {
        Sid       = "Guard"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-billing-audit-logs", "arn:aws:s3:::shop-prod-billing-audit-logs/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}
