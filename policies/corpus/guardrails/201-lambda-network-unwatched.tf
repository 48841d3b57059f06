# GuardDuty stops watching the network of functions.
# Source: GuardDuty.6, https://docs.aws.amazon.com/guardduty/latest/ug/runtime-monitoring.html
# Fault at: aws_guardduty_detector_feature.lambda_network_unwatched_fault
# Near miss at: aws_guardduty_detector_feature.lambda_network_unwatched_near

resource "aws_guardduty_detector_feature" "lambda_network_unwatched_fault" {
  detector_id = "12abc34d567e8fa901bc2d34e56789f0"
  name        = "LAMBDA_NETWORK_LOGS"
  status      = "DISABLED"
}

resource "aws_guardduty_detector_feature" "lambda_network_unwatched_near" {
  detector_id = "12abc34d567e8fa901bc2d34e56789f0"
  name        = "EKS_RUNTIME_MONITORING"
  status      = "DISABLED"
}

# The newer feature covers clusters, too; AWS does not allow both at once.
resource "aws_guardduty_detector_feature" "lambda_network_unwatched_newer" {
  detector_id = "12abc34d567e8fa901bc2d34e56789f0"
  name        = "RUNTIME_MONITORING"
  status      = "ENABLED"
  additional_configuration {
    name   = "EKS_ADDON_MANAGEMENT"
    status = "ENABLED"
  }
}
