# A foreign account can write access logs into our bucket, in the place of the load balancer service.
# Source: S3.6, https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
# Fault at: aws_s3_bucket_policy.elb_fault
# Near miss at: aws_s3_bucket_policy.elb_near

data "aws_elb_service_account" "elb" {}

resource "aws_s3_bucket_policy" "elb_fault" {
  bucket = "shop-prod-elb-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::999988887777:root" }
        Action    = "s3:PutObject"
        Resource  = "arn:aws:s3:::shop-prod-elb-a/*"
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-elb-a", "arn:aws:s3:::shop-prod-elb-a/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

resource "aws_s3_bucket_policy" "elb_near" {
  bucket = "shop-prod-elb-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = data.aws_elb_service_account.elb.arn }
        Action    = "s3:PutObject"
        Resource  = "arn:aws:s3:::shop-prod-elb-b/AWSLogs/*"
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-prod-elb-b", "arn:aws:s3:::shop-prod-elb-b/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}
