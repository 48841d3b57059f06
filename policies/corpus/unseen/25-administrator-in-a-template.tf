# A CloudFormation template inside the plan creates an administrator that every account may assume.
# Source: CKV_AWS_61, CKV_AWS_274 (on the nested template)
# Fault at: aws_cloudformation_stack.nested_admin_fault
# Near miss at: aws_cloudformation_stack.nested_admin_near

resource "aws_cloudformation_stack" "nested_admin_fault" {
  name         = "shop-prod-nested-a"
  capabilities = ["CAPABILITY_NAMED_IAM"]
  template_body = jsonencode({
    Resources = {
      Helper = {
        Type = "AWS::IAM::Role"
        Properties = {
          RoleName                 = "shop-prod-nested-helper"
          ManagedPolicyArns        = [{ "Fn::Sub" = "arn:$${AWS::Partition}:iam::aws:policy/AdministratorAccess" }]
          AssumeRolePolicyDocument = { Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" } }] }
        }
      }
    }
  })
}

resource "aws_cloudformation_stack" "nested_admin_near" {
  name = "shop-prod-nested-b"
  template_body = jsonencode({
    Resources = {
      Query = {
        Type = "AWS::Logs::QueryDefinition"
        Properties = {
          Name        = "shop-prod-errors"
          QueryString = "fields @timestamp, @message | filter level = 'error'"
        }
      }
    }
  })
}
