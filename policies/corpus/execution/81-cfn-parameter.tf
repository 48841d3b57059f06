# A stack gets a password as a parameter.
# Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/security-best-practices.html#creds
# Fault at: aws_cloudformation_stack.seccfn_fault
# Near miss at: aws_cloudformation_stack.seccfn_near

resource "aws_cloudformation_stack" "seccfn_fault" {
  name          = "shop-prod-seccfn-fault"
  template_body = jsonencode({ Parameters = { DbPassword = { Type = "String", NoEcho = true } }, Resources = { Q = { Type = "AWS::Logs::QueryDefinition", Properties = { Name = "q", QueryString = "limit 1" } } } })
  parameters    = { DbPassword = "0PAJtVwCJlEpUCuVc1eo" }
}

resource "aws_cloudformation_stack" "seccfn_near" {
  name          = "shop-prod-seccfn-near"
  template_body = jsonencode({ Parameters = { DbPassword = { Type = "String", NoEcho = true } }, Resources = { Q = { Type = "AWS::Logs::QueryDefinition", Properties = { Name = "q", QueryString = "limit 1" } } } })
  parameters    = { DbPassword = "{{resolve:secretsmanager:shop-prod-db:SecretString:password}}" }
}
