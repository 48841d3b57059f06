# The writes to a ledger, in the bucket of an account for logs.

module "trail" {
  source = "../.."

  name             = "headgate-prod-data"
  bucket           = "example-cloudtrail"
  account_id       = "123456789012"
  table_arns       = ["arn:aws:dynamodb:eu-central-1:123456789012:table/headgate-prod-ledger"]
  log_bucket_arn   = "arn:aws:s3:::headgate-prod-log-123456789012"
  writer_roles     = ["headgate-prod-metrics-finalizer"]
  alarm_topic_arns = ["arn:aws:sns:eu-central-1:123456789012:security"]
}
