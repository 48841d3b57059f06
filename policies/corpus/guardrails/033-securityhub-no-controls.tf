# Security Hub no longer turns on new controls.
# Source: SecurityHub.1, https://docs.aws.amazon.com/securityhub/latest/userguide/controls-auto-enable.html
# Fault at: aws_securityhub_account.securityhub_no_controls_fault
# Near miss at: aws_securityhub_account.securityhub_no_controls_near

resource "aws_securityhub_account" "securityhub_no_controls_fault" {
  enable_default_standards  = false
  control_finding_generator = "STANDARD_CONTROL"
  auto_enable_controls      = false
}

resource "aws_securityhub_account" "securityhub_no_controls_near" {
  enable_default_standards  = false
  control_finding_generator = "SECURITY_CONTROL"
  auto_enable_controls      = true
}
