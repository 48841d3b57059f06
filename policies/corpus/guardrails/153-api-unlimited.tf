# The interface no longer limits how often it is called.
# Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
# Fault at: aws_api_gateway_method_settings.api_unlimited_fault
# Near miss at: aws_api_gateway_method_settings.api_unlimited_near

resource "aws_api_gateway_method_settings" "api_unlimited_fault" {
  rest_api_id = "a1b2c3d4e6"
  stage_name  = "orders"
  method_path = "*/*"
  settings {
    logging_level          = "ERROR"
    metrics_enabled        = true
    data_trace_enabled     = false
    throttling_rate_limit  = -1
    throttling_burst_limit = -1
  }
}

resource "aws_api_gateway_method_settings" "api_unlimited_near" {
  rest_api_id = "a1b2c3d4e6"
  stage_name  = "billing"
  method_path = "*/*"
  settings {
    logging_level          = "ERROR"
    metrics_enabled        = true
    data_trace_enabled     = false
    throttling_rate_limit  = 80
    throttling_burst_limit = 40
  }
}
