# The secrets of the Kubernetes cluster are not encrypted with a key of the account.
# Source: EKS.3, CKV_AWS_58, AVD-AWS-0039
# Warns: the approvers decide
# Fault at: aws_eks_cluster.kube_fault
# Near miss at: aws_eks_cluster.kube_near

resource "aws_iam_role" "kube" {
  name = "shop-prod-kube"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "eks.amazonaws.com" }
    }]
  })
}

resource "aws_kms_key" "kube" {
  description         = "Secrets of Kubernetes"
  enable_key_rotation = true
}

locals {
  kube_encrypted_resources = []
}

resource "aws_eks_cluster" "kube_fault" {
  name                      = "shop-prod-apps"
  role_arn                  = aws_iam_role.kube.arn
  version                   = "1.33"
  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
  access_config {
    authentication_mode                         = "API"
    bootstrap_cluster_creator_admin_permissions = false
  }
  vpc_config {
    subnet_ids              = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
    security_group_ids      = ["sg-0a1b2c3d4e5f60718"]
    endpoint_private_access = true
    endpoint_public_access  = false
  }
  dynamic "encryption_config" {
    for_each = length(local.kube_encrypted_resources) > 0 ? [1] : []
    content {
      resources = local.kube_encrypted_resources
      provider {
        key_arn = aws_kms_key.kube.arn
      }
    }
  }
}

resource "aws_eks_cluster" "kube_near" {
  name                      = "shop-prod-jobs"
  role_arn                  = aws_iam_role.kube.arn
  version                   = "1.33"
  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
  access_config {
    authentication_mode                         = "API"
    bootstrap_cluster_creator_admin_permissions = false
  }
  vpc_config {
    subnet_ids              = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
    security_group_ids      = ["sg-0a1b2c3d4e5f60718"]
    endpoint_private_access = true
    endpoint_public_access  = false
  }
  dynamic "encryption_config" {
    for_each = [aws_kms_key.kube.arn]
    content {
      resources = ["secrets"]
      provider {
        key_arn = encryption_config.value
      }
    }
  }
}
