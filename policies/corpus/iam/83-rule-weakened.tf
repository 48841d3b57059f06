# The change removes the protection of the threat detector from the organisation's rule.
# Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_guardduty.html
# Fault at: aws_organizations_policy.weaker_fault
# Near miss at: aws_organizations_policy.weaker_near

# Exists before: see before/main.tf.
resource "aws_organizations_policy" "weaker_fault" {
  name = "shop-prod-weaker-fault"
  type = "SERVICE_CONTROL_POLICY"
  content = jsonencode({ Version = "2012-10-17", Statement = [
    { Sid = "NoLeave", Effect = "Deny", Action = "organizations:LeaveOrganization", Resource = "*" }
  ] })
}

resource "aws_organizations_policy" "weaker_near" {
  name = "shop-prod-weaker-near"
  type = "SERVICE_CONTROL_POLICY"
  content = jsonencode({ Version = "2012-10-17", Statement = [
    { Sid = "NoLeave", Effect = "Deny", Action = "organizations:LeaveOrganization", Resource = "*" },
    { Sid = "KeepDetector", Effect = "Deny", Action = ["guardduty:DeleteDetector", "guardduty:UpdateDetector"], Resource = "*" }
  ] })
}
