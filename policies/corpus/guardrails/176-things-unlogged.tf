# The devices in the shops are no longer logged.
# Source: https://docs.aws.amazon.com/iot/latest/developerguide/configure-logging.html
# Fault at: aws_iot_logging_options.things_unlogged_fault
# Near miss at: aws_iot_logging_options.things_unlogged_near

resource "aws_iot_logging_options" "things_unlogged_fault" {
  role_arn          = "arn:aws:iam:::role/shop-prod-things"
  default_log_level = "DISABLED"
  disable_all_logs  = false
}

resource "aws_iot_logging_options" "things_unlogged_near" {
  role_arn          = "arn:aws:iam:::role/shop-prod-things"
  default_log_level = "INFO"
  disable_all_logs  = false
}
