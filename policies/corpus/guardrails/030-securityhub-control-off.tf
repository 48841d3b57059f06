# Security Hub stops checking that CloudTrail is on.
# Source: https://docs.aws.amazon.com/securityhub/latest/userguide/disable-controls-overview.html, CloudTrail.1
# Fault at: aws_securityhub_standards_control_association.securityhub_control_off_fault
# Near miss at: aws_securityhub_standards_control_association.securityhub_control_off_near

resource "aws_securityhub_standards_control_association" "securityhub_control_off_fault" {
  standards_arn       = "arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0"
  security_control_id = "CloudTrail.1"
  association_status  = "DISABLED"
  updated_reason      = "covered elsewhere"
}

resource "aws_securityhub_standards_control_association" "securityhub_control_off_near" {
  standards_arn       = "arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0"
  security_control_id = "CloudTrail.1"
  association_status  = "ENABLED"
}
