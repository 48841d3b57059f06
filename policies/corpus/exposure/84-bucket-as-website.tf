# A bucket serves its content as a website, past the content network.
# Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteAccessPermissionsReqd.html
# Warns: the approvers decide
# Fault at: aws_s3_bucket_website_configuration.site_fault
# Near miss at: aws_s3_bucket_website_configuration.site_near

resource "aws_s3_bucket_website_configuration" "site_fault" {
  bucket = aws_s3_bucket.media.id

  index_document {
    suffix = "index.html"
  }
}

# It only redirects and serves no object.
resource "aws_s3_bucket_website_configuration" "site_near" {
  bucket = aws_s3_bucket.access_logs.id

  redirect_all_requests_to {
    host_name = "www.shop.example.com"
    protocol  = "https"
  }
}
