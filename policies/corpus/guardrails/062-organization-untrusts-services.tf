# The organisation takes the access of CloudTrail and GuardDuty away.
# Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_services.html
# Fault at: aws_organizations_organization.organization_untrusts_services_fault
# Near miss at: aws_organizations_organization.organization_untrusts_services_near

resource "aws_organizations_organization" "organization_untrusts_services_fault" {
  feature_set                   = "ALL"
  enabled_policy_types          = ["SERVICE_CONTROL_POLICY"]
  aws_service_access_principals = concat(["config.amazonaws.com"], [])
}

resource "aws_organizations_organization" "organization_untrusts_services_near" {
  feature_set                   = "ALL"
  enabled_policy_types          = ["SERVICE_CONTROL_POLICY"]
  aws_service_access_principals = concat(["config.amazonaws.com"], ["inspector2.amazonaws.com", "guardduty.amazonaws.com", "cloudtrail.amazonaws.com"])
}
