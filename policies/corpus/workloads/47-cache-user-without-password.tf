# A user of the cache needs no password and may run every command on every key.
# Source: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html, ElastiCache.6
# Fault at: aws_elasticache_user.nopass_fault
# Near miss at: aws_elasticache_user.nopass_near

resource "aws_elasticache_user" "nopass_fault" {
  user_id       = "shop-prod-app"
  user_name     = "app"
  engine        = "valkey"
  access_string = "on ~* +@all"
  authentication_mode { type = "no-password-required" }
}

# AWS's advice: a replacement of the default user which is switched off and may do nothing; it needs no password either.
resource "aws_elasticache_user" "nopass_near" {
  user_id       = "shop-prod-default"
  user_name     = "default"
  engine        = "valkey"
  access_string = "off -@all"
  authentication_mode { type = "no-password-required" }
}
