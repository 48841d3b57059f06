# New accounts of the organisation no longer get Security Hub.
# Source: https://docs.aws.amazon.com/securityhub/latest/userguide/accounts-orgs-auto-enable.html
# Fault at: aws_securityhub_organization_configuration.securityhub_new_accounts_fault
# Near miss at: aws_securityhub_organization_configuration.securityhub_new_accounts_near

resource "aws_securityhub_organization_configuration" "securityhub_new_accounts_fault" {
  auto_enable           = false
  auto_enable_standards = "NONE"
  organization_configuration {
    configuration_type = "LOCAL"
  }
}

resource "aws_securityhub_organization_configuration" "securityhub_new_accounts_near" {
  auto_enable           = true
  auto_enable_standards = "DEFAULT"
  organization_configuration {
    configuration_type = "LOCAL"
  }
}
