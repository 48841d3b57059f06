# The security group of a cache is known only after the apply and can be any group of the account.
# Source: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/VPCs.html, EC2.13
# Fault at: aws_elasticache_replication_group.group_unknown_fault
# Near miss at: aws_elasticache_replication_group.group_unknown_near

resource "terraform_data" "group_unknown" {
  input = "sg-0f1e2d3c4b5a69788"
}

resource "aws_kms_key" "group_unknown" {
  description             = "Caches"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

module "group_unknown" {
  source = "./modules/sg"
  for_each = {
    cache  = "vpc-0a1b2c3d4e5f60718"
    client = "vpc-0a1b2c3d4e5f60718"
  }
  name   = "shop-prod-group-unknown-${each.key}"
  vpc_id = each.value
}

resource "aws_elasticache_replication_group" "group_unknown_fault" {
  replication_group_id       = "shop-prod-group-a"
  description                = "Sessions"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.m7g.large"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true
  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
  kms_key_id                 = aws_kms_key.group_unknown.arn
  user_group_ids             = ["shop-prod-sessions"]
  snapshot_retention_limit   = 7
  subnet_group_name          = "shop-prod-cache"
  security_group_ids         = [terraform_data.group_unknown.output]
}

resource "aws_elasticache_replication_group" "group_unknown_near" {
  replication_group_id       = "shop-prod-group-b"
  description                = "Sessions"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.m7g.large"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true
  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
  kms_key_id                 = aws_kms_key.group_unknown.arn
  user_group_ids             = ["shop-prod-sessions"]
  snapshot_retention_limit   = 7
  subnet_group_name          = "shop-prod-cache"
  security_group_ids         = [for m in module.group_unknown : m.id if m.id != ""]
}
