# The configuration policy switches Security Hub off in every account that has it.
# Source: https://docs.aws.amazon.com/securityhub/latest/userguide/configuration-policies-overview.html
# Fault at: aws_securityhub_configuration_policy.securityhub_policy_off_fault
# Near miss at: aws_securityhub_configuration_policy.securityhub_policy_off_near

resource "aws_securityhub_configuration_policy" "securityhub_policy_off_fault" {
  name = "shop-prod-orders"
  configuration_policy {
    service_enabled = false
  }
}

resource "aws_securityhub_configuration_policy" "securityhub_policy_off_near" {
  name = "shop-prod-billing"
  configuration_policy {
    service_enabled       = true
    enabled_standard_arns = ["arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0"]
    security_controls_configuration {
      enabled_control_identifiers = ["CloudTrail.1", "GuardDuty.1", "IAM.6"]
    }
  }
}
