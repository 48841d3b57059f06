# The volumes of notebooks, endpoints and the domain have no key of the account.
# Source: CKV_AWS_22, CKV_AWS_98, CKV_AWS_187
# Warns: the approvers decide
# Fault at: aws_sagemaker_notebook_instance.models_fault
# Fault at: aws_sagemaker_endpoint_configuration.models_fault
# Fault at: aws_sagemaker_domain.models_fault
# Near miss at: aws_sagemaker_endpoint_configuration.models_near
# Near miss at: aws_sagemaker_endpoint_configuration.models_serverless_near

resource "aws_iam_role" "models" {
  name = "shop-prod-models"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "sagemaker.amazonaws.com" }
    }]
  })
}

resource "aws_kms_key" "models" {
  description         = "Models"
  enable_key_rotation = true
}

resource "aws_sagemaker_notebook_instance" "models_fault" {
  name                   = "shop-prod-forecast"
  role_arn               = aws_iam_role.models.arn
  instance_type          = "ml.m5.xlarge"
  subnet_id              = "subnet-0a1b2c3d4e5f60718"
  security_groups        = ["sg-0a1b2c3d4e5f60718"]
  direct_internet_access = "Disabled"
  root_access            = "Disabled"
  platform_identifier    = "notebook-al2-v3"
  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "2"
  }
}

resource "aws_sagemaker_endpoint_configuration" "models_fault" {
  name = "shop-prod-forecast"
  production_variants {
    variant_name           = "all"
    model_name             = "shop-prod-forecast"
    instance_type          = "ml.m5.large"
    initial_instance_count = 2
  }
}

resource "aws_sagemaker_domain" "models_fault" {
  domain_name             = "shop-prod-studio"
  auth_mode               = "IAM"
  vpc_id                  = "vpc-0a1b2c3d4e5f60718"
  subnet_ids              = ["subnet-0a1b2c3d4e5f60718"]
  app_network_access_type = "VpcOnly"
  default_user_settings {
    execution_role  = aws_iam_role.models.arn
    security_groups = ["sg-0a1b2c3d4e5f60718"]
  }
}

# These instances keep data on local NVMe disks, which the hardware encrypts; the API refuses a key.
resource "aws_sagemaker_endpoint_configuration" "models_near" {
  name = "shop-prod-vision"
  production_variants {
    variant_name           = "all"
    model_name             = "shop-prod-vision"
    instance_type          = "ml.g5.xlarge"
    initial_instance_count = 2
  }
}

# A serverless variant has no volume.
resource "aws_sagemaker_endpoint_configuration" "models_serverless_near" {
  name = "shop-prod-words"
  production_variants {
    variant_name = "all"
    model_name   = "shop-prod-words"
    serverless_config {
      max_concurrency   = 5
      memory_size_in_mb = 2048
    }
  }
}
