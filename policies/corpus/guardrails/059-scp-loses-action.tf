# The service control policy no longer forbids that GuardDuty is deleted.
# Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_guardduty.html
# Fault at: aws_organizations_policy.scp_loses_action_fault
# Near miss at: aws_organizations_policy.scp_loses_action_near

resource "aws_organizations_policy" "scp_loses_action_fault" {
  name = "shop-prod-orders-detection"
  type = "SERVICE_CONTROL_POLICY"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Deny"
      Action   = ["securityhub:DisableSecurityHub"]
      Resource = "*"
    }]
  })
}

resource "aws_organizations_policy" "scp_loses_action_near" {
  name = "shop-prod-billing-detection"
  type = "SERVICE_CONTROL_POLICY"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Detectors"
        Effect   = "Deny"
        Action   = ["guardduty:*Detector*"]
        Resource = ["*"]
      },
      {
        Sid      = "Hub"
        Effect   = "Deny"
        Action   = "securityhub:Disable*"
        Resource = ["*"]
      },
    ]
  })
}
