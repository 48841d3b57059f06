# An association fetches a script from a stranger's GitHub repository and runs it.
# Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-remote-scripts.html
# Fault at: aws_ssm_association.ssmrem_fault
# Near miss at: aws_ssm_association.ssmrem_near

resource "aws_ssm_association" "ssmrem_fault" {
  name             = "AWS-RunRemoteScript"
  association_name = "shop-prod-ssmrem-fault"

  parameters = {
    sourceType  = "GitHub"
    sourceInfo  = jsonencode({ owner = "some-stranger", repository = "tools", path = "setup.sh", getOptions = "branch:main" })
    commandLine = "setup.sh"
  }

  targets {
    key    = "tag:Project"
    values = ["shop"]
  }
}

resource "aws_ssm_association" "ssmrem_near" {
  name                = "AWS-UpdateSSMAgent"
  association_name    = "shop-prod-ssmrem-near"
  schedule_expression = "cron(0 2 ? * SUN *)"
  max_concurrency     = "10%"
  max_errors          = "1"

  targets {
    key    = "tag:Project"
    values = ["shop"]
  }
}
