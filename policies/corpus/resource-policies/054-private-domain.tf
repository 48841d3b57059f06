# Every VPC endpoint in AWS can call the APIs behind the private domain name, because the VPC is matched with a wildcard.
# Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-custom-domains.html
# Fault at: aws_api_gateway_domain_name.domain_fault
# Near miss at: aws_api_gateway_domain_name.domain_near

resource "aws_api_gateway_domain_name" "domain_fault" {
  domain_name     = "a.internal.shop.example.com"
  certificate_arn = "arn:aws:acm:${var.region}:${var.account_id}:certificate/5f1c2b6e-8c0c-4a4b-9a53-0c3b1f2f7a01"
  security_policy = "TLS_1_2"

  endpoint_configuration {
    types = ["PRIVATE"]
  }

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = "execute-api:Invoke"
        Resource  = "execute-api:/*"
        Condition = { StringLike = { "aws:SourceVpc" = "vpc-*" } }
      }
    ]
  })
}

resource "aws_api_gateway_domain_name" "domain_near" {
  domain_name     = "b.internal.shop.example.com"
  certificate_arn = "arn:aws:acm:${var.region}:${var.account_id}:certificate/5f1c2b6e-8c0c-4a4b-9a53-0c3b1f2f7a01"
  security_policy = "TLS_1_2"

  endpoint_configuration {
    types = ["PRIVATE"]
  }

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = "execute-api:Invoke"
        Resource  = "execute-api:/*"
        Condition = { StringLike = { "aws:SourceVpc" = ["vpc-0a1b2c3d4e5f60718"] } }
      }
    ]
  })
}
