# Throttling is switched off for every method with the value -1.
# Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
# Fault at: aws_api_gateway_method_settings.throttle_fault
# Near miss at: aws_api_gateway_method_settings.throttle_near

resource "aws_api_gateway_method_settings" "throttle_fault" {
  rest_api_id = aws_api_gateway_rest_api.gw.id
  stage_name  = aws_api_gateway_stage.gw.stage_name
  method_path = "orders/PUT"
  settings {
    logging_level          = "ERROR"
    metrics_enabled        = true
    throttling_rate_limit  = -1
    throttling_burst_limit = -1
  }
}

# Zero is a lock: it refuses every request, it does not lift the limit.
resource "aws_api_gateway_method_settings" "throttle_near" {
  rest_api_id = aws_api_gateway_rest_api.gw.id
  stage_name  = aws_api_gateway_stage.gw.stage_name
  method_path = "orders/DELETE"
  settings {
    logging_level          = "ERROR"
    metrics_enabled        = true
    throttling_rate_limit  = 0
    throttling_burst_limit = 0
  }
}
