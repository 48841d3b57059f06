# The notebook still answers version 1 of the metadata service.
# Source: CKV_AWS_371, https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-imds-update.html
# Fault at: aws_sagemaker_notebook_instance.nb_fault
# Near miss at: aws_sagemaker_notebook_instance.nb_near

resource "aws_sagemaker_notebook_instance" "nb_fault" {
  name                   = "shop-prod-nb-old"
  role_arn               = aws_iam_role.work_exec.arn
  instance_type          = "ml.m5.xlarge"
  platform_identifier    = "notebook-al2-v3"
  subnet_id              = aws_subnet.work_a.id
  security_groups        = [aws_security_group.work_app.id]
  direct_internet_access = "Disabled"
  root_access            = "Disabled"
  kms_key_id             = aws_kms_key.work.arn
  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "1"
  }
}

resource "aws_sagemaker_notebook_instance" "nb_near" {
  name                   = "shop-prod-nb"
  role_arn               = aws_iam_role.work_exec.arn
  instance_type          = "ml.m5.xlarge"
  platform_identifier    = "notebook-al2-v3"
  subnet_id              = aws_subnet.work_a.id
  security_groups        = [aws_security_group.work_app.id]
  direct_internet_access = "Disabled"
  root_access            = "Disabled"
  kms_key_id             = aws_kms_key.work.arn
  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "2"
  }
}
