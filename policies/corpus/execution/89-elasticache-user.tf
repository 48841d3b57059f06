# A cache user has its password in the source.
# Source: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html
# Fault at: aws_elasticache_user.secec_fault
# Near miss at: aws_elasticache_user.secec_near

resource "aws_elasticache_user" "secec_fault" {
  user_id       = "shop-prod-secec-fault"
  user_name     = "orders"
  engine        = "redis"
  access_string = "on ~orders:* +@read +@write"

  authentication_mode {
    type      = "password"
    passwords = ["orderscache-2024-eu"]
  }
}

resource "aws_elasticache_user" "secec_near" {
  user_id       = "shop-prod-secec-near"
  user_name     = "shop-prod-secec-near"
  engine        = "redis"
  access_string = "on ~orders:* +@read +@write"

  authentication_mode {
    type = "iam"
  }
}
