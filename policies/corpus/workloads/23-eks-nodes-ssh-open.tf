# The node group takes an SSH key but no source groups, and AWS then opens port 22 to the internet.
# Source: CKV_AWS_100, https://docs.aws.amazon.com/eks/latest/APIReference/API_RemoteAccessConfig.html
# Fault at: aws_eks_node_group.nodessh_fault
# Near miss at: aws_eks_node_group.nodessh_near

resource "aws_key_pair" "nodes" {
  key_name   = "shop-prod-nodes"
  public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJb1vW0a1b7h2k8cW3b5mS2dWm3p5q1r9s8t7u6v5w4x ops"
}

resource "aws_eks_node_group" "nodessh_fault" {
  cluster_name    = aws_eks_cluster.eksver_near.name
  node_group_name = "shop-prod-nodes-open"
  node_role_arn   = aws_iam_role.eks.arn
  subnet_ids      = [aws_subnet.work_a.id, aws_subnet.work_b.id]
  instance_types  = ["m7i.large"]
  ami_type        = "AL2023_x86_64_STANDARD"
  capacity_type   = "ON_DEMAND"
  scaling_config {
    desired_size = 3
    min_size     = 2
    max_size     = 6
  }
  remote_access {
    ec2_ssh_key = aws_key_pair.nodes.key_name

  }
}

resource "aws_eks_node_group" "nodessh_near" {
  cluster_name    = aws_eks_cluster.eksver_near.name
  node_group_name = "shop-prod-nodes"
  node_role_arn   = aws_iam_role.eks.arn
  subnet_ids      = [aws_subnet.work_a.id, aws_subnet.work_b.id]
  instance_types  = ["m7i.large"]
  ami_type        = "AL2023_x86_64_STANDARD"
  capacity_type   = "ON_DEMAND"
  scaling_config {
    desired_size = 3
    min_size     = 2
    max_size     = 6
  }
  remote_access {
    ec2_ssh_key               = aws_key_pair.nodes.key_name
    source_security_group_ids = [aws_security_group.work_app.id]
  }
}
