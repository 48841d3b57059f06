# One object of a bucket is readable by everybody.
# Source: S3.2, https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
# Fault at: aws_s3_object.export_fault
# Near miss at: aws_s3_object.export_near

resource "aws_s3_object" "export_fault" {
  bucket  = aws_s3_bucket.media.id
  key     = "exports/customers.csv"
  content = "id,name"
  acl     = "public-read"
}

resource "aws_s3_object" "export_near" {
  bucket  = aws_s3_bucket.media.id
  key     = "public/robots.txt"
  content = "User-agent: *"
  acl     = "bucket-owner-full-control"
}
