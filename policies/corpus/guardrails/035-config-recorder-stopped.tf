# The recorder of Config is stopped.
# Source: Config.1, CKV2_AWS_45
# Fault at: aws_config_configuration_recorder_status.config_recorder_stopped_fault
# Near miss at: aws_config_configuration_recorder_status.config_recorder_stopped_near

resource "aws_config_configuration_recorder_status" "config_recorder_stopped_fault" {
  name       = "shop-prod-orders"
  is_enabled = false
}

resource "aws_config_configuration_recorder_status" "config_recorder_stopped_near" {
  name       = "shop-prod-billing"
  is_enabled = true
}
