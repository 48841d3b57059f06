# A database's group admits a group that is known only after the apply and can be that of the whole office network.
# Source: EC2.13, https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
# Fault at: aws_security_group_rule.src_sg_fault
# Near miss at: aws_security_group_rule.src_sg_near

resource "terraform_data" "src_sg" {
  input = "sg-0f1e2d3c4b5a69788"
}

resource "aws_kms_key" "src_sg" {
  description             = "Kubernetes secrets"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

data "aws_iam_policy_document" "src_sg_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["eks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "src_sg" {
  name               = "shop-prod-src-sg"
  assume_role_policy = data.aws_iam_policy_document.src_sg_trust.json
}

resource "aws_eks_cluster" "src_sg" {
  name                      = "shop-prod-src-sg"
  role_arn                  = aws_iam_role.src_sg.arn
  version                   = "1.33"
  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]

  vpc_config {
    subnet_ids              = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
    endpoint_private_access = true
    endpoint_public_access  = false
  }

  encryption_config {
    resources = ["secrets"]

    provider {
      key_arn = aws_kms_key.src_sg.arn
    }
  }
}

resource "aws_security_group" "src_sg" {
  name        = "shop-prod-src-sg"
  description = "Database"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"
}

resource "aws_security_group_rule" "src_sg_fault" {
  security_group_id        = aws_security_group.src_sg.id
  description              = "Database from the cluster"
  type                     = "ingress"
  protocol                 = "tcp"
  from_port                = 5432
  to_port                  = 5432
  source_security_group_id = terraform_data.src_sg.output
}

resource "aws_security_group_rule" "src_sg_near" {
  security_group_id        = aws_security_group.src_sg.id
  description              = "Database from the cluster"
  type                     = "ingress"
  protocol                 = "tcp"
  from_port                = 5432
  to_port                  = 5432
  source_security_group_id = aws_eks_cluster.src_sg.vpc_config[0].cluster_security_group_id
}
