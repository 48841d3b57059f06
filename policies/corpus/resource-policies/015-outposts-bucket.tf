# A session of a foreign role has full control over the bucket on the Outpost.
# Source: S3.6
# Fault at: aws_s3control_bucket_policy.outposts_bucket_fault
# Near miss at: aws_s3control_bucket_policy.outposts_bucket_near

resource "aws_s3control_bucket_policy" "outposts_bucket_fault" {
  bucket = "arn:aws:s3-outposts:${var.region}:${var.account_id}:outpost/op-01ac5d28a6a232904/bucket/shop-prod-edge-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:sts::999988887777:assumed-role/integration/partner" }
        Action    = "s3-outposts:*"
        Resource  = "arn:aws:s3-outposts:${var.region}:${var.account_id}:outpost/op-01ac5d28a6a232904/bucket/shop-prod-edge-a"
      }
    ]
  })
}

resource "aws_s3control_bucket_policy" "outposts_bucket_near" {
  bucket = "arn:aws:s3-outposts:${var.region}:${var.account_id}:outpost/op-01ac5d28a6a232904/bucket/shop-prod-edge-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:sts::${var.account_id}:assumed-role/shop-prod-edge/sync" }
        Action    = ["s3-outposts:GetObject", "s3-outposts:ListBucket"]
        Resource  = "arn:aws:s3-outposts:${var.region}:${var.account_id}:outpost/op-01ac5d28a6a232904/bucket/shop-prod-edge-b"
        Condition = { StringEquals = { "aws:PrincipalOrgID" = var.org_id } }
      }
    ]
  })
}
