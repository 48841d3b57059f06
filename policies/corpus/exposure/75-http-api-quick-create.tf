# An HTTP API sends every request to a function without authorization, through its quick form.
# Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop.html
# Fault at: aws_apigatewayv2_api.quick_fault
# Near miss at: aws_apigatewayv2_api.quick_near

resource "aws_apigatewayv2_api" "quick_fault" {
  name          = "shop-prod-hook"
  protocol_type = "HTTP"
  route_key     = "$default"
  target        = aws_lambda_function.hook.arn
}

resource "aws_apigatewayv2_api" "quick_near" {
  name          = "shop-prod-relay"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_route" "relay" {
  api_id             = aws_apigatewayv2_api.quick_near.id
  route_key          = "ANY /{proxy+}"
  authorization_type = "AWS_IAM"
}
