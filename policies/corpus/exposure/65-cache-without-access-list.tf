# A cache gives everybody who reaches it every command without a password.
# Source: https://docs.aws.amazon.com/memorydb/latest/devguide/clusters.acls.html
# Fault at: aws_memorydb_cluster.acl_fault
# Near miss at: aws_memorydb_cluster.acl_near

resource "aws_memorydb_subnet_group" "private" {
  name       = "shop-prod-private"
  subnet_ids = [aws_subnet.private_a.id, aws_subnet.private_b.id]
}

resource "aws_memorydb_user" "app" {
  user_name     = "shop-prod-app"
  access_string = "on ~orders:* &* +@read +@write -@dangerous"

  authentication_mode {
    type = "iam"
  }
}

resource "aws_memorydb_acl" "app" {
  name       = "shop-prod-app"
  user_names = [aws_memorydb_user.app.user_name]
}

resource "aws_memorydb_cluster" "acl_fault" {
  name                     = "shop-prod-baskets"
  acl_name                 = "open-access"
  node_type                = "db.r6g.large"
  num_replicas_per_shard   = 1
  kms_key_arn              = aws_kms_key.shop.arn
  tls_enabled              = true
  snapshot_retention_limit = 7
  subnet_group_name        = aws_memorydb_subnet_group.private.name
  security_group_ids       = [aws_security_group.app.id]
}

resource "aws_memorydb_cluster" "acl_near" {
  name                     = "shop-prod-wishes"
  acl_name                 = aws_memorydb_acl.app.name
  node_type                = "db.r6g.large"
  num_replicas_per_shard   = 1
  kms_key_arn              = aws_kms_key.shop.arn
  tls_enabled              = true
  snapshot_retention_limit = 7
  subnet_group_name        = aws_memorydb_subnet_group.private.name
  security_group_ids       = [aws_security_group.app.id]
}
