# The API writes whole requests and answers, with all personal data, to its log.
# Source: CKV_AWS_276, https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
# Fault at: aws_api_gateway_method_settings.trace_fault
# Near miss at: aws_api_gateway_method_settings.trace_near

resource "aws_api_gateway_rest_api" "gw" {
  name                         = "shop-prod-gw"
  disable_execute_api_endpoint = true
  endpoint_configuration { types = ["REGIONAL"] }
  body = jsonencode({
    openapi = "3.0.1"
    info    = { title = "shop", version = "1" }
    paths = { "/orders" = { get = {
      security                          = [{ sigv4 = [] }]
      "x-amazon-apigateway-integration" = { type = "mock", requestTemplates = { "application/json" = "{\"statusCode\": 200}" } }
    } } }
    components = { securitySchemes = { sigv4 = { type = "apiKey", name = "Authorization", in = "header", "x-amazon-apigateway-authtype" = "awsSigv4" } } }
  })
}

resource "aws_api_gateway_deployment" "gw" {
  rest_api_id = aws_api_gateway_rest_api.gw.id
}

resource "aws_api_gateway_stage" "gw" {
  rest_api_id          = aws_api_gateway_rest_api.gw.id
  deployment_id        = aws_api_gateway_deployment.gw.id
  stage_name           = "prod"
  xray_tracing_enabled = true
  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.work.arn
    format          = "$context.requestId $context.status"
  }
}

resource "aws_api_gateway_method_settings" "trace_fault" {
  rest_api_id = aws_api_gateway_rest_api.gw.id
  stage_name  = aws_api_gateway_stage.gw.stage_name
  method_path = "orders/GET"
  settings {
    logging_level          = "INFO"
    data_trace_enabled     = true
    metrics_enabled        = true
    throttling_rate_limit  = 100
    throttling_burst_limit = 50
  }
}

resource "aws_api_gateway_method_settings" "trace_near" {
  rest_api_id = aws_api_gateway_rest_api.gw.id
  stage_name  = aws_api_gateway_stage.gw.stage_name
  method_path = "orders/POST"
  settings {
    logging_level          = "INFO"
    data_trace_enabled     = false
    metrics_enabled        = true
    throttling_rate_limit  = 100
    throttling_burst_limit = 50
  }
}
