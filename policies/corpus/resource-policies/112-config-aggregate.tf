# A foreign account can collect the configuration of all our resources.
# Source: https://docs.aws.amazon.com/config/latest/developerguide/authorize-aggregator-account.html
# Fault at: aws_config_aggregate_authorization.aggregate_fault
# Near miss at: aws_config_aggregate_authorization.aggregate_near

resource "aws_config_aggregate_authorization" "aggregate_fault" {
  account_id = var.partner_account_id
  region     = var.region
}

resource "aws_config_aggregate_authorization" "aggregate_near" {
  account_id = var.account_id
  region     = var.region
}
