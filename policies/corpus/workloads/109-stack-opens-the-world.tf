# A CloudFormation stack within the plan makes a role that every AWS account may take on with all rights.
# Source: IAM.21, CKV_AWS_60 (in CloudFormation), https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/cloudformation_stack
# Fault at: aws_cloudformation_stack.cfn_fault
# Near miss at: aws_cloudformation_stack.cfn_near

resource "aws_cloudformation_stack" "cfn_fault" {
  name         = "shop-prod-side"
  capabilities = ["CAPABILITY_NAMED_IAM"]
  template_body = jsonencode({
    Resources = {
      Door = {
        Type = "AWS::IAM::Role"
        Properties = {
          RoleName                 = "shop-prod-door"
          ManagedPolicyArns        = ["arn:aws:iam::aws:policy/AdministratorAccess"]
          AssumeRolePolicyDocument = { Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" } }] }
        }
      }
    }
  })
}

resource "aws_cloudformation_stack" "cfn_near" {
  name = "shop-prod-query"
  template_body = jsonencode({
    Resources = {
      Query = {
        Type       = "AWS::Logs::QueryDefinition"
        Properties = { Name = "shop-prod-slow", QueryString = "filter ms > 1000", LogGroupNames = ["/shop-prod/work"] }
      }
    }
  })
}
