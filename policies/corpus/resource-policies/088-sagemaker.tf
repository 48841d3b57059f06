# A foreign account can register and approve models in our model registry.
# Source: https://docs.aws.amazon.com/sagemaker/latest/dg/model-registry-deploy-xaccount.html
# Fault at: aws_sagemaker_model_package_group_policy.sagemaker_fault
# Near miss at: aws_sagemaker_model_package_group_policy.sagemaker_near

resource "aws_sagemaker_model_package_group_policy" "sagemaker_fault" {
  model_package_group_name = "shop-prod-ranker-a"
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::999988887777:root" }
        Action    = ["sagemaker:DescribeModelPackage", "sagemaker:CreateModelPackage", "sagemaker:UpdateModelPackage"]
        Resource  = ["arn:aws:sagemaker:${var.region}:${var.account_id}:model-package-group/shop-prod-ranker-a", "arn:aws:sagemaker:${var.region}:${var.account_id}:model-package/shop-prod-ranker-a/*"]
      }
    ]
  })
}

resource "aws_sagemaker_model_package_group_policy" "sagemaker_near" {
  model_package_group_name = "shop-prod-ranker-b"
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${var.account_id}:root" }
        Action    = ["sagemaker:DescribeModelPackage", "sagemaker:CreateModelPackage"]
        Resource  = ["arn:aws:sagemaker:${var.region}:${var.account_id}:model-package-group/shop-prod-ranker-b", "arn:aws:sagemaker:${var.region}:${var.account_id}:model-package/shop-prod-ranker-b/*"]
      }
    ]
  })
}
