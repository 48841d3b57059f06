# The stage of the interface loses its access log.
# Source: APIGateway.9, CKV_AWS_76
# Fault at: aws_api_gateway_stage.stage_log_removed_fault
# Near miss at: aws_api_gateway_stage.stage_log_removed_near

resource "aws_api_gateway_stage" "stage_log_removed_fault" {
  rest_api_id          = "a1b2c3d4e5"
  deployment_id        = "a1b2c3"
  stage_name           = "orders"
  xray_tracing_enabled = true
}

resource "aws_api_gateway_stage" "stage_log_removed_near" {
  rest_api_id          = "a1b2c3d4e5"
  deployment_id        = "a1b2c3"
  stage_name           = "billing"
  xray_tracing_enabled = true
  access_log_settings {
    destination_arn = "arn:aws:logs:::log-group:shop-prod-api"
    format          = "$context.requestId $context.identity.sourceIp $context.status"
  }
}
