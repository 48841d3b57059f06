# The organisation switches its service control policies off.
# Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_enable-disable.html
# Fault at: aws_organizations_organization.organization_without_scps_fault
# Near miss at: aws_organizations_organization.organization_without_scps_near

resource "aws_organizations_organization" "organization_without_scps_fault" {
  feature_set                   = "ALL"
  enabled_policy_types          = ["TAG_POLICY", "BACKUP_POLICY"]
  aws_service_access_principals = ["cloudtrail.amazonaws.com", "config.amazonaws.com", "guardduty.amazonaws.com"]
}

resource "aws_organizations_organization" "organization_without_scps_near" {
  feature_set                   = "ALL"
  enabled_policy_types          = ["RESOURCE_CONTROL_POLICY", "SERVICE_CONTROL_POLICY", "TAG_POLICY"]
  aws_service_access_principals = ["cloudtrail.amazonaws.com", "config.amazonaws.com", "guardduty.amazonaws.com"]
}
