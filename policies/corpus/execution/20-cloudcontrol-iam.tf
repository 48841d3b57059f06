# A Cloud Control resource creates an administrator user outside the typed resources.
# Source: https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/cloudcontrolapi_resource
# Fault at: aws_cloudcontrolapi_resource.ccapi_fault
# Near miss at: aws_cloudcontrolapi_resource.ccapi_near

resource "aws_cloudcontrolapi_resource" "ccapi_fault" {
  type_name = "AWS::IAM::User"
  schema    = jsonencode({ typeName = "AWS::IAM::User", description = "user", properties = {}, additionalProperties = true, primaryIdentifier = [] })

  desired_state = jsonencode({ UserName = "shop-prod-ops", ManagedPolicyArns = ["arn:aws:iam::aws:policy/AdministratorAccess"] })
}

resource "aws_cloudcontrolapi_resource" "ccapi_near" {
  type_name = "AWS::Logs::QueryDefinition"
  schema    = jsonencode({ typeName = "AWS::Logs::QueryDefinition", description = "query", properties = {}, additionalProperties = true, primaryIdentifier = [] })

  desired_state = jsonencode({ Name = "shop-prod-errors", QueryString = "filter level = 'error'" })
}
