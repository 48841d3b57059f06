# GuardDuty no longer installs its agent on the instances.
# Source: GuardDuty.12, GuardDuty.13
# Fault at: aws_guardduty_detector_feature.agent_unmanaged_fault
# Near miss at: aws_guardduty_detector_feature.agent_unmanaged_near

resource "aws_guardduty_detector_feature" "agent_unmanaged_fault" {
  detector_id = "12abc34d567e8fa901bc2d34e56789f0"
  name        = "RUNTIME_MONITORING"
  status      = "ENABLED"
  additional_configuration {
    name   = "EC2_AGENT_MANAGEMENT"
    status = "DISABLED"
  }
}

resource "aws_guardduty_detector_feature" "agent_unmanaged_near" {
  detector_id = "12abc34d567e8fa901bc2d34e56789f0"
  name        = "EKS_RUNTIME_MONITORING"
  status      = "ENABLED"
  additional_configuration {
    name   = "EKS_ADDON_MANAGEMENT"
    status = "ENABLED"
  }
}
