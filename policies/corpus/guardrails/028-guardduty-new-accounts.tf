# New accounts of the organisation no longer get GuardDuty.
# Source: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_organizations.html
# Fault at: aws_guardduty_organization_configuration.guardduty_new_accounts_fault
# Near miss at: aws_guardduty_organization_configuration.guardduty_new_accounts_near

resource "aws_guardduty_organization_configuration" "guardduty_new_accounts_fault" {
  detector_id                      = "12abc34d567e8fa901bc2d34e56789f0"
  auto_enable_organization_members = "NONE"
}

resource "aws_guardduty_organization_configuration" "guardduty_new_accounts_near" {
  detector_id                      = "12abc34d567e8fa901bc2d34e56789f0"
  auto_enable_organization_members = "ALL"
}
