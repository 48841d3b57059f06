# Config forgets its history after 30 days.
# Source: https://docs.aws.amazon.com/config/latest/developerguide/delete-config-data-with-retention-period.html
# Fault at: aws_config_retention_configuration.config_history_month_fault
# Near miss at: aws_config_retention_configuration.config_history_month_near

resource "aws_config_retention_configuration" "config_history_month_fault" {
  retention_period_in_days = 30
}

resource "aws_config_retention_configuration" "config_history_month_near" {
  retention_period_in_days = 2190
}
