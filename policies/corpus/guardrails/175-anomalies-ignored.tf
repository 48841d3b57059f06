# Nobody looks for unusual entries in the log of CloudTrail any more.
# Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/LogsAnomalyDetection.html
# Fault at: aws_cloudwatch_log_anomaly_detector.anomalies_ignored_fault
# Near miss at: aws_cloudwatch_log_anomaly_detector.anomalies_ignored_near

resource "aws_cloudwatch_log_anomaly_detector" "anomalies_ignored_fault" {
  detector_name        = "shop-prod-orders"
  log_group_arn_list   = ["arn:aws:logs:::log-group:shop-prod-trail"]
  kms_key_id           = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  evaluation_frequency = "FIFTEEN_MIN"
  enabled              = false
}

resource "aws_cloudwatch_log_anomaly_detector" "anomalies_ignored_near" {
  detector_name        = "shop-prod-billing"
  log_group_arn_list   = ["arn:aws:logs:::log-group:shop-prod-trail"]
  kms_key_id           = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  evaluation_frequency = "FIVE_MIN"
  enabled              = "true"
}
