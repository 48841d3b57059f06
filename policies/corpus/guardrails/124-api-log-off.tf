# The interface logs nothing.
# Source: APIGateway.1, CKV_AWS_73
# Fault at: aws_api_gateway_method_settings.api_log_off_fault
# Near miss at: aws_api_gateway_method_settings.api_log_off_near

resource "aws_api_gateway_method_settings" "api_log_off_fault" {
  rest_api_id = "a1b2c3d4e5"
  stage_name  = "orders"
  method_path = "*/*"
  settings {
    logging_level          = "OFF"
    metrics_enabled        = true
    data_trace_enabled     = false
    throttling_rate_limit  = 100
    throttling_burst_limit = 50
  }
}

resource "aws_api_gateway_method_settings" "api_log_off_near" {
  rest_api_id = "a1b2c3d4e5"
  stage_name  = "billing"
  method_path = "*/*"
  settings {
    logging_level          = "INFO"
    metrics_enabled        = true
    data_trace_enabled     = false
    throttling_rate_limit  = 90
    throttling_burst_limit = 50
  }
}
