# A bucket of any AWS account can publish to the topic, because the source ARN is a wildcard.
# Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html
# Fault at: aws_sns_topic_policy.sns_any_bucket_fault
# Near miss at: aws_sns_topic_policy.sns_any_bucket_near

resource "aws_sns_topic_policy" "sns_any_bucket_fault" {
  arn = "arn:aws:sns:${var.region}:${var.account_id}:shop-prod-uploads-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { Service = "s3.amazonaws.com" }
        Action    = "SNS:Publish"
        Resource  = "arn:aws:sns:${var.region}:${var.account_id}:shop-prod-uploads-a"
        Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:s3:*:*:*" } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sns:Publish"
        Resource  = "arn:aws:sns:${var.region}:${var.account_id}:shop-prod-uploads-a"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

resource "aws_sns_topic_policy" "sns_any_bucket_near" {
  arn = "arn:aws:sns:${var.region}:${var.account_id}:shop-prod-uploads-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { Service = "s3.amazonaws.com" }
        Action    = "SNS:Publish"
        Resource  = "arn:aws:sns:${var.region}:${var.account_id}:shop-prod-uploads-b"
        Condition = {
          ArnLike      = { "aws:SourceArn" = "arn:aws:s3:*:*:shop-prod-*" }
          StringEquals = { "aws:SourceAccount" = var.account_id }
        }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sns:Publish"
        Resource  = "arn:aws:sns:${var.region}:${var.account_id}:shop-prod-uploads-b"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}
