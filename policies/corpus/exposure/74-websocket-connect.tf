# Everybody may open a connection to the WebSocket API.
# Source: APIGateway.8, https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-control-access.html
# Warns: the approvers decide
# Fault at: aws_apigatewayv2_route.connect_fault
# Near miss at: aws_apigatewayv2_route.connect_near

resource "aws_apigatewayv2_api" "live" {
  name                       = "shop-prod-live"
  protocol_type              = "WEBSOCKET"
  route_selection_expression = "$request.body.action"
}

resource "aws_apigatewayv2_api" "chat" {
  name                       = "shop-prod-chat"
  protocol_type              = "WEBSOCKET"
  route_selection_expression = "$request.body.action"
}

resource "aws_apigatewayv2_route" "chat_connect" {
  api_id             = aws_apigatewayv2_api.chat.id
  route_key          = "$connect"
  authorization_type = "AWS_IAM"
}

resource "aws_apigatewayv2_route" "connect_fault" {
  api_id             = aws_apigatewayv2_api.live.id
  route_key          = "$connect"
  authorization_type = "NONE"
}

# AWS allows an authorizer only on $connect; the later messages use the authorized connection.
resource "aws_apigatewayv2_route" "connect_near" {
  api_id             = aws_apigatewayv2_api.chat.id
  route_key          = "$default"
  authorization_type = "NONE"
}
