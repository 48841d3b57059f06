# The service control policy moves from the whole organisation to the sandbox.
# Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_policies_attach.html
# Fault at: aws_organizations_policy_attachment.scp_attached_elsewhere_fault
# Near miss at: aws_organizations_policy_attachment.scp_attached_elsewhere_near

resource "aws_organizations_policy_attachment" "scp_attached_elsewhere_fault" {
  policy_id = "p-a1b2c3d4"
  target_id = "ou-a1b2-sandbox0"
}

resource "aws_organizations_policy_attachment" "scp_attached_elsewhere_near" {
  policy_id    = "p-b1b2c3d4"
  target_id    = "r-a1b2"
  skip_destroy = true
}
