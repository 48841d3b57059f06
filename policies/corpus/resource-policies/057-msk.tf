# A foreign account may do everything on the Kafka cluster.
# Source: https://docs.aws.amazon.com/msk/latest/developerguide/mvpc-cluster-owner-action-policy.html
# Fault at: aws_msk_cluster_policy.msk_fault
# Near miss at: aws_msk_cluster_policy.msk_near

resource "aws_msk_cluster_policy" "msk_fault" {
  cluster_arn = "arn:aws:kafka:${var.region}:${var.account_id}:cluster/shop-prod-stream-a/5f1c2b6e-8c0c-4a4b-9a53-0c3b1f2f7a01-3"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = ["999988887777"] }
        Action    = ["kafka:CreateVpcConnection", "kafka:Get*", "kafka-cluster:*"]
        Resource  = "arn:aws:kafka:${var.region}:${var.account_id}:cluster/shop-prod-stream-a/5f1c2b6e-8c0c-4a4b-9a53-0c3b1f2f7a01-3"
      }
    ]
  })
}

resource "aws_msk_cluster_policy" "msk_near" {
  cluster_arn = "arn:aws:kafka:${var.region}:${var.account_id}:cluster/shop-prod-stream-b/5f1c2b6e-8c0c-4a4b-9a53-0c3b1f2f7a01-3"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { Service = "firehose.amazonaws.com" }
        Action    = ["kafka:CreateVpcConnection", "kafka:GetBootstrapBrokers", "kafka:DescribeClusterV2"]
        Resource  = "arn:aws:kafka:${var.region}:${var.account_id}:cluster/shop-prod-stream-b/5f1c2b6e-8c0c-4a4b-9a53-0c3b1f2f7a01-3"
        Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
      }
    ]
  })
}
