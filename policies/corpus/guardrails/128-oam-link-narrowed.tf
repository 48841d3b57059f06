# The monitoring account no longer sees the logs and the metrics of production.
# Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Unified-Cross-Account.html
# Fault at: aws_oam_link.oam_link_narrowed_fault
# Near miss at: aws_oam_link.oam_link_narrowed_near

resource "aws_oam_link" "oam_link_narrowed_fault" {
  label_template  = "$AccountName"
  sink_identifier = "arn:aws:oam:::sink/11111111-2222-3333-4444-555555555555"
  resource_types  = ["AWS::XRay::Trace"]
}

resource "aws_oam_link" "oam_link_narrowed_near" {
  label_template  = "$AccountName"
  sink_identifier = "arn:aws:oam:::sink/11111111-2222-3333-4444-555555555555"
  resource_types  = ["AWS::ApplicationInsights::Application", "AWS::XRay::Trace", "AWS::Logs::LogGroup", "AWS::CloudWatch::Metric"]
}
