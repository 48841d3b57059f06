# A node group has an SSH key and no source groups, so AWS opens port 22 of its nodes to the internet.
# Source: CKV_AWS_100, https://docs.aws.amazon.com/eks/latest/APIReference/API_RemoteAccessConfig.html
# Fault at: aws_eks_node_group.ssh_fault
# Near miss at: aws_eks_node_group.ssh_near

resource "aws_eks_node_group" "ssh_fault" {
  cluster_name    = aws_eks_cluster.api_near.name
  node_group_name = "shop-prod-general"
  node_role_arn   = aws_iam_role.service.arn
  subnet_ids      = [aws_subnet.private_a.id, aws_subnet.private_b.id]
  instance_types  = ["m6i.large"]

  remote_access {
    ec2_ssh_key = "shop-prod-nodes"
  }

  scaling_config {
    desired_size = 2
    max_size     = 3
    min_size     = 2
  }
}

resource "aws_eks_node_group" "ssh_near" {
  cluster_name    = aws_eks_cluster.api_near.name
  node_group_name = "shop-prod-batch"
  node_role_arn   = aws_iam_role.service.arn
  subnet_ids      = [aws_subnet.private_a.id, aws_subnet.private_b.id]
  instance_types  = ["m6i.large"]

  remote_access {
    ec2_ssh_key               = "shop-prod-nodes"
    source_security_group_ids = [aws_security_group.app.id]
  }

  scaling_config {
    desired_size = 2
    max_size     = 3
    min_size     = 2
  }
}
