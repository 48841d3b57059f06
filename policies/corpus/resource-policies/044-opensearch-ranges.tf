# The whole internet can use the domain, because one of the address ranges is every address.
# Source: Opensearch.2, https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html
# Fault at: aws_opensearch_domain_policy.opensearch_ranges_fault
# Near miss at: aws_opensearch_domain_policy.opensearch_ranges_near

resource "aws_opensearch_domain_policy" "opensearch_ranges_fault" {
  domain_name = "shop-prod-search-a"
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = ["*"] }
        Action    = "es:*"
        Resource  = "arn:aws:es:${var.region}:${var.account_id}:domain/shop-prod-search-a/*"
        Condition = { IpAddress = { "aws:SourceIp" = ["203.0.113.0/26", "0000:0000::/0", "0.0.0.0/0"] } }
      }
    ]
  })
}

resource "aws_opensearch_domain_policy" "opensearch_ranges_near" {
  domain_name = "shop-prod-search-b"
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = ["arn:aws:iam::${var.account_id}:role/shop-prod-search"] }
        Action    = "es:ESHttp*"
        Resource  = "arn:aws:es:${var.region}:${var.account_id}:domain/shop-prod-search-b/*"
        Condition = { IpAddress = { "aws:SourceIp" = ["0.0.0.0/0", "::/0"] } }
      }
    ]
  })
}
