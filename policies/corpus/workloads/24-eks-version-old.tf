# The cluster runs Kubernetes 1.24, which AWS no longer supports.
# Source: EKS.2, Prowler eks_cluster_uses_a_supported_version, https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
# Fault at: aws_eks_cluster.eksver_fault
# Near miss at: aws_eks_cluster.eksver_near

resource "aws_iam_role" "eks" {
  name = "shop-prod-eks"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = ["eks.amazonaws.com", "ec2.amazonaws.com"] } }]
  })
}

resource "aws_eks_cluster" "eksver_fault" {
  name                      = "shop-prod-eks-old"
  role_arn                  = aws_iam_role.eks.arn
  version                   = "1.24"
  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
  access_config {
    authentication_mode                         = "API"
    bootstrap_cluster_creator_admin_permissions = false
  }
  encryption_config {
    resources = ["secrets"]
    provider { key_arn = aws_kms_key.work.arn }
  }
  vpc_config {
    subnet_ids              = [aws_subnet.work_a.id, aws_subnet.work_b.id]
    endpoint_private_access = true
    endpoint_public_access  = false
  }
}

resource "aws_eks_cluster" "eksver_near" {
  name                      = "shop-prod-eks"
  role_arn                  = aws_iam_role.eks.arn
  version                   = "1.33"
  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
  access_config {
    authentication_mode                         = "API"
    bootstrap_cluster_creator_admin_permissions = false
  }
  encryption_config {
    resources = ["secrets"]
    provider { key_arn = aws_kms_key.work.arn }
  }
  vpc_config {
    subnet_ids              = [aws_subnet.work_a.id, aws_subnet.work_b.id]
    endpoint_private_access = true
    endpoint_public_access  = false
  }
}
