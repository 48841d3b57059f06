# GuardDuty stops reading the data events of S3.
# Source: GuardDuty.10, GuardDuty.11
# Fault at: aws_guardduty_detector_feature.guardduty_feature_off_fault
# Near miss at: aws_guardduty_detector_feature.guardduty_feature_off_near

resource "aws_guardduty_detector_feature" "guardduty_feature_off_fault" {
  detector_id = "12abc34d567e8fa901bc2d34e56789f0"
  name        = "S3_DATA_EVENTS"
  status      = "DISABLED"
}

resource "aws_guardduty_detector_feature" "guardduty_feature_off_near" {
  detector_id = "12abc34d567e8fa901bc2d34e56789f0"
  name        = "RUNTIME_MONITORING"
  status      = "ENABLED"
  additional_configuration {
    name   = "EKS_ADDON_MANAGEMENT"
    status = "ENABLED"
  }
  additional_configuration {
    name   = "EC2_AGENT_MANAGEMENT"
    status = "DISABLED"
  }
}
