# Everybody may delete orders through the REST API; an API key is not an authorization.
# Source: CKV_AWS_59, AVD-AWS-0004, https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
# Fault at: aws_api_gateway_method.open_fault
# Near miss at: aws_api_gateway_method.open_near

resource "aws_api_gateway_rest_api" "orders" {
  name = "shop-prod-orders"
}

resource "aws_api_gateway_resource" "order" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  parent_id   = aws_api_gateway_rest_api.orders.root_resource_id
  path_part   = "order"
}

resource "aws_api_gateway_method" "open_fault" {
  rest_api_id      = aws_api_gateway_rest_api.orders.id
  resource_id      = aws_api_gateway_resource.order.id
  http_method      = "ANY"
  authorization    = "NONE"
  api_key_required = true
}

# Browsers send the preflight request without credentials.
resource "aws_api_gateway_method" "open_near" {
  rest_api_id   = aws_api_gateway_rest_api.orders.id
  resource_id   = aws_api_gateway_resource.order.id
  http_method   = "OPTIONS"
  authorization = "NONE"
}
