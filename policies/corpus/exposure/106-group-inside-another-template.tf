# A CloudFormation template and a generic resource create security groups that are open to the internet.
# Source: AVD-AWS-0107, https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-securitygroup.html
# Fault at: aws_cloudformation_stack.template_fault
# Fault at: aws_cloudcontrolapi_resource.template_fault
# Near miss at: aws_cloudformation_stack.template_near
# Near miss at: aws_cloudcontrolapi_resource.template_near

locals {
  template_sources = { template_fault = "0.0.0.0/0", template_near = "10.20.0.0/16" }
  template_groups = { for name, cidr in local.template_sources : name => {
    GroupDescription     = "shop-prod-admin"
    SecurityGroupIngress = [{ IpProtocol = "tcp", FromPort = 22, ToPort = 22, CidrIp = cidr, Description = "SSH" }]
  } }
}

resource "aws_cloudformation_stack" "template_fault" {
  name = "shop-prod-admin"
  template_body = jsonencode({
    Resources = { Admin = { Type = "AWS::EC2::SecurityGroup", Properties = local.template_groups["template_fault"] } }
  })
}

resource "aws_cloudformation_stack" "template_near" {
  name = "shop-prod-inner"
  template_body = jsonencode({
    Resources = { Inner = { Type = "AWS::EC2::SecurityGroup", Properties = local.template_groups["template_near"] } }
  })
}

resource "aws_cloudcontrolapi_resource" "template_fault" {
  type_name     = "AWS::EC2::SecurityGroup"
  desired_state = jsonencode(local.template_groups["template_fault"])
  schema        = jsonencode({ typeName = "AWS::EC2::SecurityGroup", properties = {}, primaryIdentifier = ["/properties/Id"] })
}

resource "aws_cloudcontrolapi_resource" "template_near" {
  type_name     = "AWS::EC2::SecurityGroup"
  desired_state = jsonencode(local.template_groups["template_near"])
  schema        = jsonencode({ typeName = "AWS::EC2::SecurityGroup", properties = {}, primaryIdentifier = ["/properties/Id"] })
}
