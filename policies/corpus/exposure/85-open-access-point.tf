# An access point of a bucket switches the shield against public policies off.
# Source: S3.19, CKV_AWS_392
# Fault at: aws_s3_access_point.point_fault
# Near miss at: aws_s3_access_point.point_near

resource "aws_s3_access_point" "point_fault" {
  bucket = aws_s3_bucket.media.id
  name   = "shop-prod-media"

  public_access_block_configuration {
    block_public_acls       = true
    block_public_policy     = false
    ignore_public_acls      = true
    restrict_public_buckets = false
  }
}

resource "aws_s3_access_point" "point_near" {
  bucket = aws_s3_bucket.access_logs.id
  name   = "shop-prod-logs"

  vpc_configuration {
    vpc_id = aws_vpc.shop.id
  }
}
