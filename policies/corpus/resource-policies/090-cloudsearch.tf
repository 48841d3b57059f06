# Everybody on the internet can search and upload documents, because every address is allowed.
# Source: https://docs.aws.amazon.com/cloudsearch/latest/developerguide/configuring-access.html
# Fault at: aws_cloudsearch_domain_service_access_policy.cloudsearch_fault
# Near miss at: aws_cloudsearch_domain_service_access_policy.cloudsearch_near

resource "aws_cloudsearch_domain_service_access_policy" "cloudsearch_fault" {
  domain_name = "shop-prod-find-a"
  access_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = ["*"] }
        Action    = ["cloudsearch:search", "cloudsearch:document"]
        Condition = { NotIpAddress = { "aws:SourceIp" = "203.0.113.9/32" } }
      }
    ]
  })
}

resource "aws_cloudsearch_domain_service_access_policy" "cloudsearch_near" {
  domain_name = "shop-prod-find-b"
  access_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = ["arn:aws:iam::${var.account_id}:role/shop-prod-search"] }
        Action    = ["cloudsearch:search", "cloudsearch:document"]
        Condition = { NotIpAddress = { "aws:SourceIp" = "203.0.113.9/32" } }
      }
    ]
  })
}
