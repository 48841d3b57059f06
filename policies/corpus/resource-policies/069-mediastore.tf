# Everybody can change and delete the media of the container, because the only condition is that the request uses TLS.
# Source: https://docs.aws.amazon.com/mediastore/latest/ug/policies-examples-public-https.html
# Fault at: aws_media_store_container_policy.mediastore_fault
# Near miss at: aws_media_store_container_policy.mediastore_near

resource "aws_media_store_container_policy" "mediastore_fault" {
  container_name = "shopprodmediaa"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = "mediastore:*"
        Resource  = "arn:aws:mediastore:${var.region}:${var.account_id}:container/shopprodmediaa/*"
        Condition = { Bool = { "aws:SecureTransport" = "true" } }
      }
    ]
  })
}

resource "aws_media_store_container_policy" "mediastore_near" {
  container_name = "shopprodmediab"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["mediastore:GetObject", "mediastore:DescribeObject"]
        Resource  = "arn:aws:mediastore:${var.region}:${var.account_id}:container/shopprodmediab/*"
        Condition = {
          Bool         = { "aws:SecureTransport" = "true" }
          StringEquals = { "aws:PrincipalOrgID" = var.org_id }
        }
      }
    ]
  })
}
