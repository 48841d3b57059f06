# The Config rule for encryption looks only at resources with a tag that nobody uses.
# Source: https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_components.html
# Fault at: aws_config_config_rule.config_rule_few_resources_fault
# Near miss at: aws_config_config_rule.config_rule_few_resources_near

resource "aws_config_config_rule" "config_rule_few_resources_fault" {
  name = "shop-prod-orders-volumes"
  source {
    owner             = "AWS"
    source_identifier = "ENCRYPTED_VOLUMES"
  }
  scope {
    tag_key   = "CheckMe"
    tag_value = "yes"
  }
}

resource "aws_config_config_rule" "config_rule_few_resources_near" {
  name = "shop-prod-billing-volumes"
  source {
    owner             = "AWS"
    source_identifier = "ENCRYPTED_VOLUMES"
  }
  scope {
    compliance_resource_types = ["AWS::EC2::Volume", "AWS::EC2::Instance"]
  }
}
