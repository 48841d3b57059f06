# The aggregator of Config looks at one Region only.
# Source: https://docs.aws.amazon.com/config/latest/developerguide/aggregate-data.html
# Fault at: aws_config_configuration_aggregator.config_aggregator_regions_fault
# Near miss at: aws_config_configuration_aggregator.config_aggregator_regions_near

resource "aws_config_configuration_aggregator" "config_aggregator_regions_fault" {
  name = "shop-prod-orders"
  organization_aggregation_source {
    role_arn = "arn:aws:iam:::role/shop-prod-config"
    regions  = [var.region]
  }
}

resource "aws_config_configuration_aggregator" "config_aggregator_regions_near" {
  name = "shop-prod-billing"
  organization_aggregation_source {
    role_arn    = "arn:aws:iam:::role/shop-prod-config"
    all_regions = true
  }
  tags = { Purpose = "audit" }
}
