# The flow log leaves out the traffic that was refused.
# Source: EC2.6, CKV2_AWS_11, AVD-AWS-0178
# Fault at: aws_flow_log.flow_log_accepted_only_fault
# Near miss at: aws_flow_log.flow_log_accepted_only_near

resource "aws_flow_log" "flow_log_accepted_only_fault" {
  vpc_id                   = "vpc-0a1b2c3d4e5f60718"
  traffic_type             = "ACCEPT"
  log_destination_type     = "s3"
  log_destination          = "arn:aws:s3:::shop-prod-flow/orders"
  max_aggregation_interval = 600
  destination_options {
    file_format        = "parquet"
    per_hour_partition = true
  }
}

resource "aws_flow_log" "flow_log_accepted_only_near" {
  vpc_id                   = "vpc-0a1b2c3d4e5f60718"
  traffic_type             = "ALL"
  log_destination_type     = "s3"
  log_destination          = "arn:aws:s3:::shop-prod-flow/billing"
  max_aggregation_interval = 600
  destination_options {
    file_format        = "parquet"
    per_hour_partition = true
  }
}
