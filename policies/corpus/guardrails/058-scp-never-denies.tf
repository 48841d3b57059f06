# The service control policy exempts every role, so that it never denies anything.
# Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html
# Fault at: aws_organizations_policy.scp_never_denies_fault
# Near miss at: aws_organizations_policy.scp_never_denies_near

resource "aws_organizations_policy" "scp_never_denies_fault" {
  name = "shop-prod-orders-guard"
  type = "SERVICE_CONTROL_POLICY"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "KeepAudit"
      Effect    = "Deny"
      Action    = ["cloudtrail:StopLogging", "cloudtrail:DeleteTrail", "guardduty:DeleteDetector", "config:StopConfigurationRecorder"]
      Resource  = "*"
      Condition = { ArnNotLike = { "aws:PrincipalArn" = ["arn:aws:iam::*:role/shop-prod-break-glass", "arn:aws:iam::*:*"] } }
    }]
  })
}

resource "aws_organizations_policy" "scp_never_denies_near" {
  name = "shop-prod-billing-guard"
  type = "SERVICE_CONTROL_POLICY"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "KeepAudit"
      Effect    = "Deny"
      Action    = ["cloudtrail:StopLogging", "cloudtrail:DeleteTrail", "guardduty:DeleteDetector", "config:StopConfigurationRecorder"]
      Resource  = "*"
      Condition = { ArnNotLike = { "aws:PrincipalArn" = ["arn:aws:iam::*:role/shop-prod-break-glass"] } }
    }]
  })
}
