# Whether threat detection is on is known only after the apply.
# Source: CKV_AWS_238, GuardDuty.1
# Fault at: aws_guardduty_detector.detector_fault
# Near miss at: aws_guardduty_detector.detector_near

resource "terraform_data" "detector" {
  input = "false"
}

resource "aws_guardduty_detector" "detector_fault" {
  finding_publishing_frequency = "FIFTEEN_MINUTES"
  enable                       = terraform_data.detector.output == "true"
}

resource "aws_guardduty_detector" "detector_near" {
  finding_publishing_frequency = "FIFTEEN_MINUTES"
  enable                       = tobool(trimspace(" true "))
}
