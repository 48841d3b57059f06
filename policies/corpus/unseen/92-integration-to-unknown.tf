# An API hands its requests, with their credentials, to a host that is known only after the apply.
# Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-integration-settings.html
# Fault at: aws_api_gateway_integration.integ_unknown_fault
# Near miss at: aws_api_gateway_integration.integ_unknown_near

resource "terraform_data" "integ_unknown" {
  input = "collector.example.net"
}

resource "aws_api_gateway_rest_api" "integ_unknown" {
  name = "shop-prod-integ-unknown"

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_resource" "integ_unknown" {
  rest_api_id = aws_api_gateway_rest_api.integ_unknown.id
  parent_id   = aws_api_gateway_rest_api.integ_unknown.root_resource_id
  path_part   = "orders"
}

resource "aws_lambda_alias" "integ_unknown" {
  name             = "live"
  function_name    = "shop-prod-orders"
  function_version = "7"
}

resource "aws_api_gateway_integration" "integ_unknown_fault" {
  rest_api_id             = aws_api_gateway_rest_api.integ_unknown.id
  resource_id             = aws_api_gateway_resource.integ_unknown.id
  http_method             = "POST"
  integration_http_method = "POST"
  type                    = "HTTP_PROXY"
  uri                     = "https://${terraform_data.integ_unknown.output}/orders"
}

resource "aws_api_gateway_integration" "integ_unknown_near" {
  rest_api_id             = aws_api_gateway_rest_api.integ_unknown.id
  resource_id             = aws_api_gateway_resource.integ_unknown.id
  http_method             = "GET"
  integration_http_method = "POST"
  type                    = "AWS_PROXY"
  uri                     = aws_lambda_alias.integ_unknown.invoke_arn
}
