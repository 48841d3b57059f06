# The control plane of the cluster logs its scheduler only.
# Source: EKS.8, CKV_AWS_37, AVD-AWS-0038
# Fault at: aws_eks_cluster.cluster_audit_off_fault
# Near miss at: aws_eks_cluster.cluster_audit_off_near

resource "aws_eks_cluster" "cluster_audit_off_fault" {
  name                      = "shop-prod-orders"
  role_arn                  = "arn:aws:iam:::role/shop-prod-cluster"
  version                   = "1.31"
  enabled_cluster_log_types = ["scheduler", "controllerManager"]
  vpc_config {
    subnet_ids              = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
    endpoint_private_access = true
    endpoint_public_access  = false
  }
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
    }
  }
}

resource "aws_eks_cluster" "cluster_audit_off_near" {
  name                      = "shop-prod-billing"
  role_arn                  = "arn:aws:iam:::role/shop-prod-cluster"
  version                   = "1.31"
  enabled_cluster_log_types = ["scheduler", "controllerManager", "audit", "authenticator", "api"]
  vpc_config {
    subnet_ids              = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
    endpoint_private_access = true
    endpoint_public_access  = false
  }
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
    }
  }
}
