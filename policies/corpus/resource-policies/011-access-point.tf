# Everybody can read through the access point, because its condition checks the account of the access point and not of the caller.
# Source: S3.19, https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
# Fault at: aws_s3_access_point.inline_fault
# Near miss at: aws_s3_access_point.inline_near

resource "aws_s3_access_point" "inline_fault" {
  name   = "shop-prod-catalog-a"
  bucket = "shop-prod-catalog"

  public_access_block_configuration {
    block_public_acls       = true
    ignore_public_acls      = true
    block_public_policy     = true
    restrict_public_buckets = true
  }

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = ["s3:GetObject", "s3:PutObject"]
      Resource  = "arn:aws:s3:${var.region}:${var.account_id}:accesspoint/shop-prod-catalog-a/object/*"
      Condition = { StringEquals = { "s3:DataAccessPointAccount" = var.account_id } }
    }]
  })
}

resource "aws_s3_access_point" "inline_near" {
  name   = "shop-prod-catalog-b"
  bucket = "shop-prod-catalog"

  public_access_block_configuration {
    block_public_acls       = true
    ignore_public_acls      = true
    block_public_policy     = true
    restrict_public_buckets = true
  }

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = ["s3:GetObject", "s3:PutObject"]
      Resource  = "arn:aws:s3:${var.region}:${var.account_id}:accesspoint/shop-prod-catalog-b/object/*"
      Condition = { StringEquals = { "aws:PrincipalAccount" = var.account_id } }
    }]
  })
}
