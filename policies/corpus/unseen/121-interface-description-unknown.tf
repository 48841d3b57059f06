# An API is described by a text that is known only after the apply, and it needs no authorization and forwards to a stranger.
# Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api.html
# Fault at: aws_api_gateway_rest_api.body_fault
# Near miss at: aws_api_gateway_rest_api.body_near

resource "terraform_data" "body" {
  input = jsonencode({ openapi = "3.0.1", info = { title = "shop", version = "1" }, paths = { "/orders" = { get = { "x-amazon-apigateway-integration" = { type = "http_proxy", httpMethod = "GET", uri = "https://collector.example.net/" } } } } })
}

resource "aws_lambda_alias" "body" {
  name             = "live"
  function_name    = "shop-prod-orders"
  function_version = "7"
}

resource "aws_api_gateway_rest_api" "body_fault" {
  name = "shop-prod-body-a"
  body = terraform_data.body.output

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_rest_api" "body_near" {
  name = "shop-prod-body-b"
  body = jsonencode({
    openapi = "3.0.1"
    info    = { title = "shop", version = "1" }
    paths = { "/orders" = { get = {
      "x-amazon-apigateway-auth"        = { type = "AWS_IAM" }
      "x-amazon-apigateway-integration" = { type = "aws_proxy", httpMethod = "POST", uri = aws_lambda_alias.body.invoke_arn }
    } } }
  })

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}
