# The change switches the rules of the organisation off.
# Source: https://docs.aws.amazon.com/organizations/latest/userguide/disable-policy-type.html
# Fault at: aws_organizations_organization.rules_fault
# Near miss at: aws_organizations_organization.rules_near

# Exists before: see before/main.tf.
resource "aws_organizations_organization" "rules_fault" {
  feature_set          = "ALL"
  enabled_policy_types = ["TAG_POLICY"]
}

resource "aws_organizations_organization" "rules_near" {
  feature_set          = "ALL"
  enabled_policy_types = ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"]
}
