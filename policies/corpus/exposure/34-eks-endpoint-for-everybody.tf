# The Kubernetes API of a cluster is reachable from the whole internet because its networks are left out.
# Source: EKS.1, CKV_AWS_38, CKV_AWS_39, AVD-AWS-0040
# Fault at: aws_eks_cluster.api_fault
# Near miss at: aws_eks_cluster.api_near

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["eks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "service" {
  name               = "shop-prod-service"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_eks_cluster" "api_fault" {
  name                      = "shop-prod-orders"
  version                   = "1.32"
  role_arn                  = aws_iam_role.service.arn
  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]

  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = aws_kms_key.shop.arn
    }
  }

  vpc_config {
    subnet_ids              = [aws_subnet.private_a.id, aws_subnet.private_b.id]
    endpoint_private_access = true
  }
}

resource "aws_eks_cluster" "api_near" {
  name                      = "shop-prod-invoices"
  version                   = "1.32"
  role_arn                  = aws_iam_role.service.arn
  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]

  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = aws_kms_key.shop.arn
    }
  }

  vpc_config {
    subnet_ids              = [aws_subnet.private_a.id, aws_subnet.private_b.id]
    endpoint_private_access = true
    endpoint_public_access  = true
    public_access_cidrs     = ["203.0.113.16/28"]
  }
}
