# A notebook instance goes straight to the internet because the setting is left out.
# Source: SageMaker.1, CKV_AWS_122
# Fault at: aws_sagemaker_notebook_instance.direct_fault
# Near miss at: aws_sagemaker_notebook_instance.direct_near

resource "aws_sagemaker_notebook_instance" "direct_fault" {
  name                = "shop-prod-forecast"
  role_arn            = aws_iam_role.service.arn
  instance_type       = "ml.m5.xlarge"
  kms_key_id          = aws_kms_key.shop.id
  subnet_id           = aws_subnet.private_a.id
  security_groups     = [aws_security_group.app.id]
  root_access         = "Disabled"
  platform_identifier = "notebook-al2-v3"

  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "2"
  }
}

resource "aws_sagemaker_notebook_instance" "direct_near" {
  name                   = "shop-prod-demand"
  role_arn               = aws_iam_role.service.arn
  instance_type          = "ml.m5.xlarge"
  kms_key_id             = aws_kms_key.shop.id
  subnet_id              = aws_subnet.private_a.id
  security_groups        = [aws_security_group.app.id]
  root_access            = "Disabled"
  direct_internet_access = "Disabled"
  platform_identifier    = "notebook-al2-v3"

  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "2"
  }
}
