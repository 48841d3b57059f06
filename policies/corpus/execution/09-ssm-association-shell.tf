# A State Manager association downloads a script and runs it as root on every instance.
# Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-state.html
# Fault at: aws_ssm_association.ssmrun_fault
# Near miss at: aws_ssm_association.ssmrun_near

resource "aws_ssm_association" "ssmrun_fault" {
  name             = "AWS-RunShellScript"
  association_name = "shop-prod-ssmrun-fault"

  parameters = {
    commands = "curl -fsSL https://get.example.net/agent | sh"
  }

  targets {
    key    = "InstanceIds"
    values = ["*"]
  }
}

# The inventory of software: AWS's own document, which only reads.
resource "aws_ssm_association" "ssmrun_near" {
  name                = "AWS-GatherSoftwareInventory"
  association_name    = "shop-prod-ssmrun-near"
  schedule_expression = "rate(1 day)"

  targets {
    key    = "tag:Project"
    values = ["shop"]
  }
}
