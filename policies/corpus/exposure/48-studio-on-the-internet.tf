# The applications of a studio domain leave the VPC and use the public internet.
# Source: https://docs.aws.amazon.com/sagemaker/latest/dg/studio-notebooks-and-internet-access.html
# Warns: the approvers decide
# Fault at: aws_sagemaker_domain.studio_fault
# Near miss at: aws_sagemaker_domain.studio_near

resource "aws_sagemaker_domain" "studio_fault" {
  domain_name             = "shop-prod-studio"
  auth_mode               = "IAM"
  vpc_id                  = aws_vpc.shop.id
  subnet_ids              = [aws_subnet.private_a.id]
  kms_key_id              = aws_kms_key.shop.arn
  app_network_access_type = "PublicInternetOnly"

  default_user_settings {
    execution_role = aws_iam_role.service.arn
  }
}

resource "aws_sagemaker_domain" "studio_near" {
  domain_name             = "shop-prod-lab"
  auth_mode               = "IAM"
  vpc_id                  = aws_vpc.shop.id
  subnet_ids              = [aws_subnet.private_a.id]
  kms_key_id              = aws_kms_key.shop.arn
  app_network_access_type = "VpcOnly"

  default_user_settings {
    execution_role  = aws_iam_role.service.arn
    security_groups = [aws_security_group.app.id]
  }
}
