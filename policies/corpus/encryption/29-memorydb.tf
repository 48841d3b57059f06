# The in-memory database takes connections without TLS.
# Source: CKV_AWS_202, CKV_AWS_201
# Fault at: aws_memorydb_cluster.memory_fault
# Near miss at: aws_memorydb_cluster.memory_near

resource "aws_kms_key" "memory" {
  description         = "In-memory database"
  enable_key_rotation = true
}

resource "aws_memorydb_cluster" "memory_fault" {
  name                     = "shop-prod-scores"
  acl_name                 = "shop-prod-scores"
  node_type                = "db.r7g.large"
  num_shards               = 1
  num_replicas_per_shard   = 1
  kms_key_arn              = aws_kms_key.memory.arn
  tls_enabled              = false
  snapshot_retention_limit = 7
  subnet_group_name        = "shop-prod-caches"
  security_group_ids       = ["sg-0a1b2c3d4e5f60718"]
}

# TLS is on unless it is switched off.
resource "aws_memorydb_cluster" "memory_near" {
  name                     = "shop-prod-ranks"
  acl_name                 = "shop-prod-ranks"
  node_type                = "db.r7g.large"
  num_shards               = 1
  num_replicas_per_shard   = 1
  kms_key_arn              = aws_kms_key.memory.arn
  snapshot_retention_limit = 7
  subnet_group_name        = "shop-prod-caches"
  security_group_ids       = ["sg-0a1b2c3d4e5f60718"]
}
