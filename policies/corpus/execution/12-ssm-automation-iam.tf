# An automation document makes an administrator through the API.
# Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeAwsApi.html
# Fault at: aws_ssm_document.ssmauto_fault
# Near miss at: aws_ssm_document.ssmauto_near

resource "aws_ssm_document" "ssmauto_fault" {
  name          = "shop-prod-ssmauto-fault"
  document_type = "Automation"

  content = jsonencode({
    schemaVersion = "0.3"
    mainSteps = [{
      name   = "attach"
      action = "aws:executeAwsApi"
      inputs = { Service = "iam", Api = "AttachUserPolicy", UserName = "shop-prod-deploy", PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess" }
    }]
  })
}

resource "aws_ssm_document" "ssmauto_near" {
  name          = "shop-prod-ssmauto-near"
  document_type = "Automation"

  content = jsonencode({
    schemaVersion = "0.3"
    mainSteps = [{
      name   = "list"
      action = "aws:executeAwsApi"
      inputs = { Service = "iam", Api = "ListAttachedUserPolicies", UserName = "shop-prod-deploy" }
    }]
  })
}
