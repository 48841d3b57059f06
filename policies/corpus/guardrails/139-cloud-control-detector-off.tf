# A generic resource of Cloud Control makes a detector that does not work.
# Source: GuardDuty.1, https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-guardduty-detector.html
# Fault at: aws_cloudcontrolapi_resource.cloud_control_detector_off_fault
# Near miss at: aws_cloudcontrolapi_resource.cloud_control_detector_off_near

resource "aws_cloudcontrolapi_resource" "cloud_control_detector_off_fault" {
  type_name     = "AWS::GuardDuty::Detector"
  schema        = jsonencode({ typeName = "AWS::GuardDuty::Detector", properties = { Enable = { type = "boolean" } } })
  desired_state = jsonencode({ Enable = false })
}

resource "aws_cloudcontrolapi_resource" "cloud_control_detector_off_near" {
  type_name     = "AWS::GuardDuty::Detector"
  schema        = jsonencode({ typeName = "AWS::GuardDuty::Detector", properties = { Enable = { type = "boolean" } } })
  desired_state = jsonencode({ Enable = true })
}
