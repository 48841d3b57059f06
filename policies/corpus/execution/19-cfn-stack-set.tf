# A stack set rolls a template from the internet out to a whole organization.
# Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/what-is-cfnstacksets.html
# Fault at: aws_cloudformation_stack_set.cfnset_fault
# Near miss at: aws_cloudformation_stack_set.cfnset_near

resource "aws_iam_role" "cfnset_role" {
  name               = "shop-prod-cfnset-role"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "cloudformation.amazonaws.com" } }] })
}

resource "aws_cloudformation_stack_set" "cfnset_fault" {
  name         = "shop-prod-cfnset-fault"
  template_url = "https://some-stranger-templates.s3.amazonaws.com/set.json"
  capabilities = ["CAPABILITY_NAMED_IAM"]

  permission_model = "SERVICE_MANAGED"

  auto_deployment {
    enabled = true
  }
}

resource "aws_cloudformation_stack_set" "cfnset_near" {
  name                    = "shop-prod-cfnset-near"
  administration_role_arn = aws_iam_role.cfnset_role.arn

  template_body = jsonencode({
    Resources = { Query = { Type = "AWS::Logs::QueryDefinition", Properties = { Name = "shop-prod-set-errors", QueryString = "filter level = 'error'" } } }
  })
}
