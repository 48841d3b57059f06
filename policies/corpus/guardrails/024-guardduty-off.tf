# GuardDuty is switched off.
# Source: GuardDuty.1, CKV_AWS_238
# Fault at: aws_guardduty_detector.guardduty_off_fault
# Near miss at: aws_guardduty_detector.guardduty_off_near

resource "aws_guardduty_detector" "guardduty_off_fault" {
  enable                       = alltrue([true, false])
  finding_publishing_frequency = "SIX_HOURS"
}

resource "aws_guardduty_detector" "guardduty_off_near" {
  finding_publishing_frequency = "FIFTEEN_MINUTES"
}
