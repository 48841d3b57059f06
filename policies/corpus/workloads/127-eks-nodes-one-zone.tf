# All nodes of the group stand in one zone.
# Source: https://docs.aws.amazon.com/eks/latest/best-practices/reliability.html
# Fault at: aws_eks_node_group.ngzone_fault
# Near miss at: aws_eks_node_group.ngzone_near

resource "aws_eks_node_group" "ngzone_fault" {
  cluster_name    = aws_eks_cluster.eksver_near.name
  node_group_name = "shop-prod-ng-a"
  node_role_arn   = aws_iam_role.eks.arn
  subnet_ids      = [aws_subnet.work_a.id, aws_subnet.work_a2.id]
  instance_types  = ["m7i.large"]
  ami_type        = "AL2023_x86_64_STANDARD"
  capacity_type   = "ON_DEMAND"
  scaling_config {
    desired_size = 3
    min_size     = 2
    max_size     = 6
  }
}

resource "aws_eks_node_group" "ngzone_near" {
  cluster_name    = aws_eks_cluster.eksver_near.name
  node_group_name = "shop-prod-ng-abc"
  node_role_arn   = aws_iam_role.eks.arn
  subnet_ids      = [aws_subnet.work_a.id, aws_subnet.work_b.id, aws_subnet.work_c.id]
  instance_types  = ["m7i.large"]
  ami_type        = "AL2023_x86_64_STANDARD"
  capacity_type   = "ON_DEMAND"
  scaling_config {
    desired_size = 3
    min_size     = 2
    max_size     = 6
  }
}
