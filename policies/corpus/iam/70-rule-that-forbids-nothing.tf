# The organisation's rule forbids nothing, because its condition never holds.
# Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
# Fault at: aws_organizations_policy.rule_fault
# Near miss at: aws_organizations_policy.rule_near

resource "aws_organizations_policy" "rule_fault" {
  name = "shop-prod-rule-fault"
  type = "SERVICE_CONTROL_POLICY"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "Allow", Effect = "Allow", Action = "*", Resource = "*" },
      { Sid = "KeepTrail", Effect = "Deny", Action = ["cloudtrail:StopLogging", "cloudtrail:DeleteTrail"], Resource = "*", Condition = { DateLessThan = { "aws:CurrentTime" = "2020-01-01T00:00:00Z" } } },
    ]
  })
}

# Without the statement that allows, the members could do nothing at all.
resource "aws_organizations_policy" "rule_near" {
  name = "shop-prod-rule-near"
  type = "SERVICE_CONTROL_POLICY"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "Allow", Effect = "Allow", Action = "*", Resource = "*" },
      { Sid = "KeepTrail", Effect = "Deny", Action = ["cloudtrail:StopLogging", "cloudtrail:DeleteTrail"], Resource = "*" },
    ]
  })
}
