# The content of an organization's guardrail is known only after the apply, and it forbids nothing.
# Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
# Fault at: aws_organizations_policy.scp_unknown_fault
# Near miss at: aws_organizations_policy.scp_unknown_near

resource "terraform_data" "scp_unknown" {
  input = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}

data "aws_iam_policy_document" "scp_unknown" {
  statement {
    effect    = "Deny"
    actions   = ["organizations:LeaveOrganization", "cloudtrail:StopLogging", "cloudtrail:DeleteTrail"]
    resources = ["*"]
  }
}

resource "aws_organizations_policy" "scp_unknown_fault" {
  type    = "SERVICE_CONTROL_POLICY"
  name    = "shop-prod-guardrail-a"
  content = terraform_data.scp_unknown.output
}

resource "aws_organizations_policy" "scp_unknown_near" {
  type    = "SERVICE_CONTROL_POLICY"
  name    = "shop-prod-guardrail-b"
  content = data.aws_iam_policy_document.scp_unknown.minified_json
}
