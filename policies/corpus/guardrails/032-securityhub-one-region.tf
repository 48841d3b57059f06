# Security Hub no longer collects the findings of the other Regions.
# Source: https://docs.aws.amazon.com/securityhub/latest/userguide/finding-aggregation.html
# Fault at: aws_securityhub_finding_aggregator.securityhub_one_region_fault
# Near miss at: aws_securityhub_finding_aggregator.securityhub_one_region_near

resource "aws_securityhub_finding_aggregator" "securityhub_one_region_fault" {
  linking_mode      = "SPECIFIED_REGIONS"
  specified_regions = [var.region]
}

resource "aws_securityhub_finding_aggregator" "securityhub_one_region_near" {
  linking_mode = "ALL_REGIONS"
}
