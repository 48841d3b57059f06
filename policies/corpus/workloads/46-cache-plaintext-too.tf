# The cache takes connections with TLS and, in the same mode, without.
# Source: ElastiCache.5, CKV_AWS_30, https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption-enable.html
# Fault at: aws_elasticache_replication_group.pref_fault
# Near miss at: aws_elasticache_replication_group.pref_near

resource "aws_elasticache_subnet_group" "cache" {
  name       = "shop-prod-cache"
  subnet_ids = [aws_subnet.work_a.id, aws_subnet.work_b.id]
}

resource "aws_elasticache_user_group" "cache" {
  engine        = "valkey"
  user_group_id = "shop-prod-cache"
  user_ids      = [aws_elasticache_user.nopass_near.user_id]
}

resource "aws_elasticache_replication_group" "pref_fault" {
  replication_group_id       = "shop-prod-sessions-pref"
  description                = "Sessions"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.m7g.large"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true
  at_rest_encryption_enabled = true
  kms_key_id                 = aws_kms_key.work.arn
  transit_encryption_enabled = true
  transit_encryption_mode    = "preferred"
  user_group_ids             = [aws_elasticache_user_group.cache.user_group_id]
  auto_minor_version_upgrade = true
  snapshot_retention_limit   = 7
  subnet_group_name          = aws_elasticache_subnet_group.cache.name
  security_group_ids         = [aws_security_group.work_app.id]
  port                       = 6380
  log_delivery_configuration {
    destination      = aws_cloudwatch_log_group.work.name
    destination_type = "cloudwatch-logs"
    log_format       = "json"
    log_type         = "slow-log"
  }
}

resource "aws_elasticache_replication_group" "pref_near" {
  replication_group_id       = "shop-prod-sessions"
  description                = "Sessions"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.m7g.large"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true
  at_rest_encryption_enabled = true
  kms_key_id                 = aws_kms_key.work.arn
  transit_encryption_enabled = true
  transit_encryption_mode    = "required"
  user_group_ids             = [aws_elasticache_user_group.cache.user_group_id]
  auto_minor_version_upgrade = true
  snapshot_retention_limit   = 7
  subnet_group_name          = aws_elasticache_subnet_group.cache.name
  security_group_ids         = [aws_security_group.work_app.id]
  port                       = 6380
  log_delivery_configuration {
    destination      = aws_cloudwatch_log_group.work.name
    destination_type = "cloudwatch-logs"
    log_format       = "json"
    log_type         = "slow-log"
  }
}
