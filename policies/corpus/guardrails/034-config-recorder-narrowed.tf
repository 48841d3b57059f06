# Config records security groups only instead of everything.
# Source: Config.1, CKV2_AWS_45
# Fault at: aws_config_configuration_recorder.config_recorder_narrowed_fault
# Near miss at: aws_config_configuration_recorder.config_recorder_narrowed_near

resource "aws_config_configuration_recorder" "config_recorder_narrowed_fault" {
  name     = "shop-prod-orders"
  role_arn = "arn:aws:iam:::role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"
  recording_group {
    all_supported                 = false
    include_global_resource_types = false
    resource_types                = ["AWS::EC2::SecurityGroup"]
  }
}

resource "aws_config_configuration_recorder" "config_recorder_narrowed_near" {
  name     = "shop-prod-billing"
  role_arn = "arn:aws:iam:::role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"
  recording_group {
    all_supported = false
    exclusion_by_resource_types {
      resource_types = ["AWS::Config::ResourceCompliance"]
    }
    recording_strategy {
      use_only = "EXCLUSION_BY_RESOURCE_TYPES"
    }
  }
}
