# New accounts of the organisation are no longer scanned.
# Source: Inspector.1, https://docs.aws.amazon.com/inspector/latest/user/managing-multiple-accounts.html
# Fault at: aws_inspector2_organization_configuration.inspector_new_accounts_fault
# Near miss at: aws_inspector2_organization_configuration.inspector_new_accounts_near

resource "aws_inspector2_organization_configuration" "inspector_new_accounts_fault" {
  auto_enable {
    ec2         = false
    ecr         = false
    lambda      = false
    lambda_code = false
  }
}

resource "aws_inspector2_organization_configuration" "inspector_new_accounts_near" {
  auto_enable {
    ec2         = true
    ecr         = true
    lambda      = true
    lambda_code = true
  }
}
