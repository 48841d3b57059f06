# Every VPC endpoint except our own can call the private API, because the condition of the Allow is negated.
# Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
# Fault at: aws_api_gateway_rest_api_policy.private_api_fault
# Near miss at: aws_api_gateway_rest_api_policy.private_api_near

resource "aws_api_gateway_rest_api_policy" "private_api_fault" {
  rest_api_id = "a1b2c3d4e5"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = "execute-api:Invoke"
        Resource  = "execute-api:/*"
        Condition = { StringNotEquals = { "aws:SourceVpce" = "vpce-0a1b2c3d4e5f60718" } }
      }
    ]
  })
}

resource "aws_api_gateway_rest_api_policy" "private_api_near" {
  rest_api_id = "b1b2c3d4e5"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = "execute-api:Invoke"
        Resource  = "execute-api:/*"
      },
      {
        Sid       = "OnlyOurEndpoint"
        Effect    = "Deny"
        Principal = "*"
        Action    = "execute-api:Invoke"
        Resource  = "execute-api:/*"
        Condition = { StringNotEquals = { "aws:SourceVpce" = "vpce-0a1b2c3d4e5f60718" } }
      }
    ]
  })
}
