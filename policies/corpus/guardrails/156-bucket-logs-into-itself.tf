# The audit bucket writes its access log into itself.
# Source: S3.9, https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
# Fault at: aws_s3_bucket_logging.bucket_logs_into_itself_fault
# Near miss at: aws_s3_bucket_logging.bucket_logs_into_itself_near

resource "aws_s3_bucket_logging" "bucket_logs_into_itself_fault" {
  bucket        = "shop-prod-orders-audit-logs"
  target_bucket = "shop-prod-orders-audit-logs"
  target_prefix = "orders/"
}

resource "aws_s3_bucket_logging" "bucket_logs_into_itself_near" {
  bucket        = "shop-prod-billing-audit-logs"
  target_bucket = "shop-prod-access-logs"
  target_prefix = "billing/"
}
