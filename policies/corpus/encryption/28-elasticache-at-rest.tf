# Redis keeps data unencrypted on its nodes, and Memcached sends it unencrypted.
# Source: ElastiCache.4, CKV_AWS_29, CKV_AWS_30, AVD-AWS-0045
# Fault at: aws_elasticache_replication_group.resting_fault
# Fault at: aws_elasticache_cluster.resting_fault
# Near miss at: aws_elasticache_serverless_cache.resting_near

resource "aws_kms_key" "resting" {
  description         = "Caches"
  enable_key_rotation = true
}

resource "aws_elasticache_replication_group" "resting_fault" {
  replication_group_id       = "shop-prod-queue"
  description                = "Jobs"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.r7g.large"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true
  at_rest_encryption_enabled = false
  transit_encryption_enabled = true
  transit_encryption_mode    = "required"
  user_group_ids             = ["shop-prod-sessions"]
  snapshot_retention_limit   = 7
  auto_minor_version_upgrade = true
  subnet_group_name          = "shop-prod-caches"
  security_group_ids         = ["sg-0a1b2c3d4e5f60718"]
}

resource "aws_elasticache_cluster" "resting_fault" {
  cluster_id                 = "shop-prod-pages"
  engine                     = "memcached"
  engine_version             = "1.6.22"
  node_type                  = "cache.r7g.large"
  num_cache_nodes            = 2
  az_mode                    = "cross-az"
  transit_encryption_enabled = false
  subnet_group_name          = "shop-prod-caches"
  security_group_ids         = ["sg-0a1b2c3d4e5f60718"]
}

# Serverless caches are always encrypted, in transit too.
resource "aws_elasticache_serverless_cache" "resting_near" {
  name                 = "shop-prod-fragments"
  engine               = "memcached"
  major_engine_version = "1.6"
  kms_key_id           = aws_kms_key.resting.arn
  subnet_ids           = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  security_group_ids   = ["sg-0a1b2c3d4e5f60718"]
  cache_usage_limits {
    data_storage {
      maximum = 10
      unit    = "GB"
    }
    ecpu_per_second {
      maximum = 5000
    }
  }
}
