# Documents of the account may be shared with everybody.
# Source: SSM.7
# Fault at: aws_ssm_service_setting.documents_public_fault
# Near miss at: aws_ssm_service_setting.documents_public_near

resource "aws_ssm_service_setting" "documents_public_fault" {
  setting_id    = "/ssm/documents/console/public-sharing-permission"
  setting_value = "Enable"
}

resource "aws_ssm_service_setting" "documents_public_near" {
  setting_id    = "/ssm/documents/console/public-sharing-permission"
  setting_value = "Disable"
}
