# A route of an HTTP API that changes orders has no authorizer.
# Source: APIGateway.8, CKV_AWS_309
# Warns: the approvers decide
# Fault at: aws_apigatewayv2_route.open_fault
# Near miss at: aws_apigatewayv2_route.open_near

resource "aws_apigatewayv2_api" "orders" {
  name          = "shop-prod-orders"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_authorizer" "customers" {
  api_id           = aws_apigatewayv2_api.orders.id
  name             = "shop-prod-customers"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    audience = ["shop"]
    issuer   = "https://login.shop.example.com"
  }
}

resource "aws_apigatewayv2_route" "open_fault" {
  api_id        = aws_apigatewayv2_api.orders.id
  route_key     = "PUT /orders/{id}"
  authorizer_id = aws_apigatewayv2_authorizer.customers.id
}

resource "aws_apigatewayv2_route" "open_near" {
  api_id             = aws_apigatewayv2_api.orders.id
  route_key          = "$default"
  authorization_type = "JWT"
  authorizer_id      = aws_apigatewayv2_authorizer.customers.id
}
