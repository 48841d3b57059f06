# The whole internet can list and read the bucket, because the allowed address ranges together cover every address.
# Source: CKV_AWS_70, https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
# Fault at: aws_s3_bucket_policy.ip_halves_fault
# Near miss at: aws_s3_bucket_policy.ip_halves_near

resource "aws_s3_bucket_policy" "ip_halves_fault" {
  bucket = "shop-prod-ip-halves-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["s3:GetObject", "s3:ListBucket"]
        Resource  = ["arn:aws:s3:::shop-prod-ip-halves-a", "arn:aws:s3:::shop-prod-ip-halves-a/*"]
        Condition = { IpAddress = { "aws:SourceIp" = ["0.0.0.0/1", "128.0.0.0/1", "::/1", "8000::/1"] } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-ip-halves-a", "arn:aws:s3:::shop-prod-ip-halves-a/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

resource "aws_s3_bucket_policy" "ip_halves_near" {
  bucket = "shop-prod-ip-halves-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["s3:GetObject", "s3:ListBucket"]
        Resource  = ["arn:aws:s3:::shop-prod-ip-halves-b", "arn:aws:s3:::shop-prod-ip-halves-b/*"]
        Condition = { IpAddress = { "aws:SourceIp" = ["203.0.113.0/26", "198.51.100.16/28", "2001:db8:40::/48"] } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-ip-halves-b", "arn:aws:s3:::shop-prod-ip-halves-b/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}
