# A user of the cache needs no password and may run every command.
# Source: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html
# Fault at: aws_elasticache_user.password_fault
# Near miss at: aws_elasticache_user.password_near

resource "aws_elasticache_user" "password_fault" {
  user_id              = "shop-prod-app"
  user_name            = "app"
  engine               = "redis"
  access_string        = "on ~* +@all"
  no_password_required = true
}

# AWS recommends to replace the default user by one that is switched off.
resource "aws_elasticache_user" "password_near" {
  user_id              = "shop-prod-default"
  user_name            = "default"
  engine               = "redis"
  access_string        = "off ~* -@all"
  no_password_required = true
}
