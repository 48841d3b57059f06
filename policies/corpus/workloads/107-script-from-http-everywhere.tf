# A script fetched over plain HTTP runs as root on every managed instance.
# Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/state-manager-associations.html, CWE-494
# Fault at: aws_ssm_association.script_fault
# Near miss at: aws_ssm_association.script_near

resource "aws_ssm_association" "script_fault" {
  association_name = "shop-prod-setup"
  name             = "AWS-RunShellScript"
  parameters = {
    commands = "curl -s http://203.0.113.7/setup.sh | bash"
  }
  targets {
    key    = "InstanceIds"
    values = ["*"]
  }
}

# Patches every instance, from AWS's own document.
resource "aws_ssm_association" "script_near" {
  association_name    = "shop-prod-patch"
  name                = "AWS-RunPatchBaseline"
  schedule_expression = "cron(0 4 ? * SUN *)"
  compliance_severity = "HIGH"
  max_concurrency     = "10%"
  max_errors          = "5%"
  parameters = {
    Operation = "Install"
  }
  targets {
    key    = "InstanceIds"
    values = ["*"]
  }
}
