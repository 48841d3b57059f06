# Documents of Systems Manager may be shared with everybody.
# Source: SSM.7, https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-ssm-sharing.html#block-public-access
# Fault at: aws_ssm_service_setting.docs_fault
# Near miss at: aws_ssm_service_setting.docs_near

resource "aws_ssm_service_setting" "docs_fault" {
  setting_id    = "/ssm/documents/console/public-sharing-permission"
  setting_value = "Enable"
}

resource "aws_ssm_service_setting" "docs_near" {
  setting_id    = "/ssm/documents/console/public-sharing-permission"
  setting_value = "Disable"
}
