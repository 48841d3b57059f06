# The ranges that reach a Kubernetes cluster's endpoint are known only after the apply, and they are the internet.
# Source: CKV_AWS_38, EKS.1
# Fault at: aws_eks_cluster.eks_ranges_fault
# Near miss at: aws_eks_cluster.eks_ranges_near

resource "terraform_data" "eks_ranges" {
  input = ["0.0.0.0/0"]
}

resource "aws_kms_key" "eks_ranges" {
  description             = "Kubernetes secrets"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

data "aws_iam_policy_document" "eks_ranges" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["eks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "eks_ranges" {
  name               = "shop-prod-eks-ranges"
  assume_role_policy = data.aws_iam_policy_document.eks_ranges.json
}

resource "aws_security_group" "eks_ranges" {
  name        = "shop-prod-eks-ranges"
  description = "Kubernetes"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"
}

resource "aws_eks_cluster" "eks_ranges_fault" {
  name                      = "shop-prod-eks-ranges-a"
  role_arn                  = aws_iam_role.eks_ranges.arn
  version                   = "1.33"
  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]

  vpc_config {
    subnet_ids              = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
    security_group_ids      = [aws_security_group.eks_ranges.id]
    endpoint_private_access = true
    endpoint_public_access  = !tobool("false")
    public_access_cidrs     = terraform_data.eks_ranges.output
  }

  encryption_config {
    resources = ["secrets"]

    provider {
      key_arn = aws_kms_key.eks_ranges.arn
    }
  }
}

resource "aws_eks_cluster" "eks_ranges_near" {
  name                      = "shop-prod-eks-ranges-b"
  role_arn                  = aws_iam_role.eks_ranges.arn
  version                   = "1.33"
  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]

  vpc_config {
    subnet_ids              = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
    security_group_ids      = compact([aws_security_group.eks_ranges.id, ""])
    endpoint_private_access = true
    endpoint_public_access  = !tobool("true")
    public_access_cidrs     = null
  }

  encryption_config {
    resources = ["secrets"]

    provider {
      key_arn = aws_kms_key.eks_ranges.arn
    }
  }
}
