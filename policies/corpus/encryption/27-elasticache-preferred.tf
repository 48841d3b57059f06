# The cache still accepts connections without TLS because its mode is only "preferred".
# Source: ElastiCache.5, https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html
# Fault at: aws_elasticache_replication_group.preferred_fault
# Near miss at: aws_elasticache_replication_group.preferred_near

resource "aws_kms_key" "preferred" {
  description         = "Caches"
  enable_key_rotation = true
}

resource "aws_elasticache_replication_group" "preferred_fault" {
  replication_group_id       = "shop-prod-sessions"
  description                = "Sessions of customers"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.r7g.large"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true
  at_rest_encryption_enabled = true
  kms_key_id                 = aws_kms_key.preferred.arn
  transit_encryption_enabled = true
  transit_encryption_mode    = "preferred"
  user_group_ids             = ["shop-prod-sessions"]
  snapshot_retention_limit   = 7
  auto_minor_version_upgrade = true
  subnet_group_name          = "shop-prod-caches"
  security_group_ids         = ["sg-0a1b2c3d4e5f60718"]
}

# Valkey is encrypted at rest by default.
resource "aws_elasticache_replication_group" "preferred_near" {
  replication_group_id       = "shop-prod-baskets"
  description                = "Baskets of customers"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.r7g.large"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true
  kms_key_id                 = aws_kms_key.preferred.arn
  transit_encryption_enabled = true
  transit_encryption_mode    = "required"
  user_group_ids             = ["shop-prod-baskets"]
  snapshot_retention_limit   = 7
  auto_minor_version_upgrade = true
  subnet_group_name          = "shop-prod-caches"
  security_group_ids         = ["sg-0a1b2c3d4e5f60718"]
}
