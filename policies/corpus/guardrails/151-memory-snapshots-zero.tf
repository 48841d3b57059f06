# The session store is no longer backed up.
# Source: https://docs.aws.amazon.com/memorydb/latest/devguide/snapshots-automatic.html
# Fault at: aws_memorydb_cluster.memory_snapshots_zero_fault
# Near miss at: aws_memorydb_cluster.memory_snapshots_zero_near

resource "aws_memorydb_cluster" "memory_snapshots_zero_fault" {
  name                     = "shop-prod-orders"
  acl_name                 = "shop-prod"
  node_type                = "db.r7g.large"
  num_shards               = 1
  num_replicas_per_shard   = 1
  tls_enabled              = true
  kms_key_arn              = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  subnet_group_name        = "shop-prod"
  security_group_ids       = ["sg-0a1b2c3d4e5f60718"]
  snapshot_retention_limit = 0
}

resource "aws_memorydb_cluster" "memory_snapshots_zero_near" {
  name                     = "shop-prod-billing"
  acl_name                 = "shop-prod"
  node_type                = "db.r7g.large"
  num_shards               = 1
  num_replicas_per_shard   = 1
  tls_enabled              = true
  kms_key_arn              = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  subnet_group_name        = "shop-prod"
  security_group_ids       = ["sg-0a1b2c3d4e5f60718"]
  snapshot_retention_limit = 30
}
