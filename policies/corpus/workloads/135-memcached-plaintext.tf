# The cache speaks without TLS.
# Source: ElastiCache.5 (same meaning), https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html
# Fault at: aws_elasticache_cluster.memc_fault
# Near miss at: aws_elasticache_cluster.memc_near

resource "aws_elasticache_cluster" "memc_fault" {
  cluster_id                   = "shop-prod-memc-plain"
  engine                       = "memcached"
  engine_version               = "1.6.22"
  node_type                    = "cache.m7g.large"
  num_cache_nodes              = 2
  az_mode                      = "cross-az"
  preferred_availability_zones = ["${var.region}a", "${var.region}b"]
  transit_encryption_enabled   = false
  auto_minor_version_upgrade   = "true"
  subnet_group_name            = aws_elasticache_subnet_group.cache.name
  security_group_ids           = [aws_security_group.work_app.id]
  notification_topic_arn       = aws_sns_topic.work.arn
  port                         = 11311
}

# Memcached has no backups, no failover and no encryption at rest of this kind.
resource "aws_elasticache_cluster" "memc_near" {
  cluster_id                   = "shop-prod-memc"
  engine                       = "memcached"
  engine_version               = "1.6.22"
  node_type                    = "cache.m7g.large"
  num_cache_nodes              = 2
  az_mode                      = "cross-az"
  preferred_availability_zones = ["${var.region}a", "${var.region}b"]
  transit_encryption_enabled   = true
  auto_minor_version_upgrade   = "true"
  subnet_group_name            = aws_elasticache_subnet_group.cache.name
  security_group_ids           = [aws_security_group.work_app.id]
  notification_topic_arn       = aws_sns_topic.work.arn
  port                         = 11311
}
