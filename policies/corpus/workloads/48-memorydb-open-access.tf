# The MemoryDB cluster uses the list open-access, which lets everybody in without a password.
# Source: https://docs.aws.amazon.com/memorydb/latest/devguide/clusters.acls.html
# Fault at: aws_memorydb_cluster.openacl_fault
# Near miss at: aws_memorydb_cluster.openacl_near

resource "aws_memorydb_subnet_group" "mem" {
  name       = "shop-prod-mem"
  subnet_ids = [aws_subnet.work_a.id, aws_subnet.work_b.id]
}

resource "aws_memorydb_user" "mem" {
  user_name     = "shop-prod-app"
  access_string = "on ~orders:* +@read +@write"
  authentication_mode { type = "iam" }
}

resource "aws_memorydb_acl" "mem" {
  name       = "shop-prod-open-orders"
  user_names = [aws_memorydb_user.mem.user_name]
}

resource "aws_memorydb_cluster" "openacl_fault" {
  name                     = "shop-prod-mem-open"
  acl_name                 = "open-access"
  node_type                = "db.r7g.large"
  engine                   = "valkey"
  engine_version           = "7.3"
  num_shards               = 2
  num_replicas_per_shard   = 1
  tls_enabled              = true
  kms_key_arn              = aws_kms_key.work.arn
  snapshot_retention_limit = 7
  subnet_group_name        = aws_memorydb_subnet_group.mem.name
  security_group_ids       = [aws_security_group.work_app.id]
  sns_topic_arn            = aws_sns_topic.work.arn
  port                     = 6380
}

resource "aws_memorydb_cluster" "openacl_near" {
  name                     = "shop-prod-mem"
  acl_name                 = aws_memorydb_acl.mem.name
  node_type                = "db.r7g.large"
  engine                   = "valkey"
  engine_version           = "7.3"
  num_shards               = 2
  num_replicas_per_shard   = 1
  tls_enabled              = true
  kms_key_arn              = aws_kms_key.work.arn
  snapshot_retention_limit = 7
  subnet_group_name        = aws_memorydb_subnet_group.mem.name
  security_group_ids       = [aws_security_group.work_app.id]
  sns_topic_arn            = aws_sns_topic.work.arn
  port                     = 6380
}
