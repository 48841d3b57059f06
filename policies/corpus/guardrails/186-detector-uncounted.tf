# The detector disappears because its count becomes zero.
# Source: GuardDuty.1, https://developer.hashicorp.com/terraform/language/meta-arguments/count
# Fault at: aws_guardduty_detector.detector_uncounted_fault[0]
# Near miss at: aws_guardduty_detector.detector_uncounted_near[0]

resource "aws_guardduty_detector" "detector_uncounted_fault" {
  count  = length([for feature in ["malware"] : feature if feature != "malware"])
  enable = true
}

resource "aws_guardduty_detector" "detector_uncounted_near" {
  count  = length([for feature in ["malware"] : feature if feature == "malware"])
  enable = true
}
