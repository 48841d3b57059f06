# An application's role becomes administrator of the whole cluster.
# Source: https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
# Warns: the approvers decide
# Fault at: aws_eks_access_policy_association.cluster_fault
# Near miss at: aws_eks_access_policy_association.cluster_near

resource "aws_iam_role" "cluster_deployer" {
  name = "shop-prod-cluster-deployer"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "codebuild.amazonaws.com" } }]
  })
}

resource "aws_eks_access_policy_association" "cluster_fault" {
  cluster_name  = "shop-prod"
  principal_arn = aws_iam_role.cluster_deployer.arn
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
  access_scope {
    type = "cluster"
  }
}

resource "aws_eks_access_policy_association" "cluster_near" {
  cluster_name  = "shop-prod"
  principal_arn = aws_iam_role.cluster_deployer.arn
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSAdminPolicy"
  access_scope {
    type       = "namespace"
    namespaces = ["orders"]
  }
}
