# A role of a foreign account may do everything with the search domain.
# Source: ES.2
# Fault at: aws_elasticsearch_domain_policy.elasticsearch_foreign_fault
# Near miss at: aws_elasticsearch_domain_policy.elasticsearch_foreign_near

resource "aws_elasticsearch_domain_policy" "elasticsearch_foreign_fault" {
  domain_name = "shop-prod-logs-a"
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = ["arn:aws:iam::${var.account_id}:role/shop-prod-logs", "arn:aws:iam::999988887777:role/es-admin"] }
        Action    = "es:*"
        Resource  = "arn:aws:es:${var.region}:${var.account_id}:domain/shop-prod-logs-a/*"
      }
    ]
  })
}

resource "aws_elasticsearch_domain_policy" "elasticsearch_foreign_near" {
  domain_name = "shop-prod-logs-b"
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = ["arn:aws:iam::${var.account_id}:role/shop-prod-logs", "arn:aws:iam::${var.account_id}:role/shop-prod-es-admin"] }
        Action    = ["es:ESHttpGet", "es:ESHttpPost"]
        Resource  = "arn:aws:es:${var.region}:${var.account_id}:domain/shop-prod-logs-b/*"
      }
    ]
  })
}
