# A principal that is known only after the apply becomes the administrator of a Kubernetes cluster.
# Source: https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
# Fault at: aws_eks_access_entry.k8s_access_fault
# Near miss at: aws_eks_access_entry.k8s_access_near

resource "terraform_data" "k8s_access" {
  input = "arn:aws:iam::999988887777:role/contractor"
}

data "aws_iam_policy_document" "k8s_access_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "k8s_access" {
  name               = "shop-prod-k8s-access"
  assume_role_policy = data.aws_iam_policy_document.k8s_access_trust.json
}

resource "aws_eks_access_entry" "k8s_access_fault" {
  cluster_name      = "shop-prod-cluster"
  type              = "STANDARD"
  principal_arn     = terraform_data.k8s_access.output
  kubernetes_groups = ["shop:admins"]
}

resource "aws_eks_access_entry" "k8s_access_near" {
  cluster_name      = "shop-prod-cluster"
  type              = "STANDARD"
  principal_arn     = aws_iam_role.k8s_access.arn
  kubernetes_groups = ["shop:viewers"]
}
