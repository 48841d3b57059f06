# The probe of the shop is stopped.
# Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries.html
# Fault at: aws_synthetics_canary.canary_stopped_fault
# Near miss at: aws_synthetics_canary.canary_stopped_near

resource "aws_synthetics_canary" "canary_stopped_fault" {
  name                 = "shop-prod-orders"
  artifact_s3_location = "s3://shop-prod-canary/orders"
  execution_role_arn   = "arn:aws:iam:::role/shop-prod-canary"
  handler              = "probe.handler"
  runtime_version      = "syn-nodejs-puppeteer-9.1"
  s3_bucket            = "shop-prod-code"
  s3_key               = "canary.zip"
  start_canary         = false
  schedule {
    expression = "rate(5 minutes)"
  }
}

resource "aws_synthetics_canary" "canary_stopped_near" {
  name                 = "shop-prod-billing"
  artifact_s3_location = "s3://shop-prod-canary/billing"
  execution_role_arn   = "arn:aws:iam:::role/shop-prod-canary"
  handler              = "probe.handler"
  runtime_version      = "syn-nodejs-puppeteer-9.1"
  s3_bucket            = "shop-prod-code"
  s3_key               = "canary.zip"
  start_canary         = true
  schedule {
    expression = "rate(1 minute)"
  }
}
