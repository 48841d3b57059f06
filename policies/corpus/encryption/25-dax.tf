# The cache in front of the table keeps its data and its connections in clear text.
# Source: DynamoDB.3, DynamoDB.7, CKV_AWS_47, CKV_AWS_239
# Fault at: aws_dax_cluster.accelerator_fault
# Fault at: aws_dax_cluster.accelerator_wire_fault
# Near miss at: aws_dax_cluster.accelerator_near

resource "aws_iam_role" "accelerator" {
  name = "shop-prod-accelerator"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "dax.amazonaws.com" }
    }]
  })
}

locals {
  accelerator_encryption = []
}

resource "aws_dax_cluster" "accelerator_fault" {
  cluster_name                     = "shop-prod-carts"
  iam_role_arn                     = aws_iam_role.accelerator.arn
  node_type                        = "dax.r5.large"
  replication_factor               = 3
  cluster_endpoint_encryption_type = "TLS"
  subnet_group_name                = "shop-prod-caches"
  security_group_ids               = ["sg-0a1b2c3d4e5f60718"]
  dynamic "server_side_encryption" {
    for_each = local.accelerator_encryption
    content {
      enabled = true
    }
  }
}

resource "aws_dax_cluster" "accelerator_wire_fault" {
  cluster_name       = "shop-prod-stock"
  iam_role_arn       = aws_iam_role.accelerator.arn
  node_type          = "dax.r5.large"
  replication_factor = 3
  subnet_group_name  = "shop-prod-caches"
  security_group_ids = ["sg-0a1b2c3d4e5f60718"]
  server_side_encryption {
    enabled = true
  }
}

resource "aws_dax_cluster" "accelerator_near" {
  cluster_name                     = "shop-prod-prices"
  iam_role_arn                     = aws_iam_role.accelerator.arn
  node_type                        = "dax.r5.large"
  replication_factor               = 3
  cluster_endpoint_encryption_type = "TLS"
  subnet_group_name                = "shop-prod-caches"
  security_group_ids               = ["sg-0a1b2c3d4e5f60718"]
  dynamic "server_side_encryption" {
    for_each = length(local.accelerator_encryption) == 0 ? [true] : []
    content {
      enabled = server_side_encryption.value
    }
  }
}
