# Flow logs of other VPCs.

locals {
  vpc = "vpc-${terraform.workspace}"
}

resource "aws_flow_log" "near" {
  vpc_id               = local.vpc
  traffic_type         = "ALL"
  log_destination      = "arn:aws:s3:::shop-prod-flow"
  log_destination_type = "s3"
}
