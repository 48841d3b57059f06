# Every VPC endpoint of every account can call the private API, because the endpoint is matched with a wildcard.
# Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-api-create.html
# Fault at: aws_api_gateway_rest_api.inline_fault
# Near miss at: aws_api_gateway_rest_api.inline_near

resource "aws_api_gateway_rest_api" "inline_fault" {
  name = "shop-prod-internal-a"

  endpoint_configuration {
    types            = ["PRIVATE"]
    vpc_endpoint_ids = ["vpce-0a1b2c3d4e5f60718"]
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
        Condition = { StringLike = { "aws:SourceVpce" = "vpce-*" } }
      }
    ]
  })
}

resource "aws_api_gateway_rest_api" "inline_near" {
  name = "shop-prod-internal-b"

  endpoint_configuration {
    types            = ["PRIVATE"]
    vpc_endpoint_ids = ["vpce-0a1b2c3d4e5f60718"]
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
        Condition = { StringEquals = { "aws:SourceVpce" = "vpce-0a1b2c3d4e5f60718" } }
      }
    ]
  })
}
