# A stack's own template makes a role that anybody may assume as administrator.
# Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-template.html
# Fault at: aws_cloudformation_stack.cfnadm_fault
# Near miss at: aws_cloudformation_stack.cfnadm_near

resource "aws_cloudformation_stack" "cfnadm_fault" {
  name         = "shop-prod-cfnadm-fault"
  capabilities = ["CAPABILITY_IAM"]

  template_body = <<-YAML
    Resources:
      Ops:
        Type: AWS::IAM::Role
        Properties:
          ManagedPolicyArns: [!Sub "arn:$${AWS::Partition}:iam::aws:policy/AdministratorAccess"]
          AssumeRolePolicyDocument:
            Version: "2012-10-17"
            Statement: [{Effect: Allow, Principal: {AWS: "*"}, Action: "sts:AssumeRole"}]
  YAML
}

resource "aws_cloudformation_stack" "cfnadm_near" {
  name = "shop-prod-cfnadm-near"

  template_body = <<-YAML
    Resources:
      Dashboard:
        Type: AWS::CloudWatch::Dashboard
        Properties:
          DashboardName: shop-prod-cfnadm
          DashboardBody: '{"widgets":[]}'
  YAML
}
