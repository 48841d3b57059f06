# The API accepts TLS 1.0, caches answers unencrypted, and calls its partner over plain HTTP.
# Source: APIGateway.5, CKV_AWS_206, CKV_AWS_308, AVD-AWS-0002, AVD-AWS-0005
# Fault at: aws_api_gateway_domain_name.interface_fault
# Fault at: aws_api_gateway_method_settings.interface_fault
# Fault at: aws_api_gateway_integration.interface_fault
# Near miss at: aws_api_gateway_domain_name.interface_near
# Near miss at: aws_api_gateway_method_settings.interface_near
# Near miss at: aws_api_gateway_integration.interface_near

resource "aws_acm_certificate" "interface" {
  domain_name       = "interface.shop.example"
  validation_method = "DNS"
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_rest_api" "interface" {
  name = "shop-prod-interface"
  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_vpc_link" "interface" {
  name        = "shop-prod-interface"
  target_arns = [aws_lb.interface.arn]
}

resource "aws_lb" "interface" {
  name                             = "shop-prod-interface"
  load_balancer_type               = "network"
  internal                         = true
  subnets                          = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  enable_deletion_protection       = true
  enable_cross_zone_load_balancing = true
}

resource "aws_api_gateway_domain_name" "interface_fault" {
  domain_name              = "old.interface.shop.example"
  regional_certificate_arn = aws_acm_certificate.interface.arn
  security_policy          = "TLS_1_0"
  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_domain_name" "interface_near" {
  domain_name              = "interface.shop.example"
  regional_certificate_arn = aws_acm_certificate.interface.arn
  security_policy          = "TLS_1_2"
  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_method_settings" "interface_fault" {
  rest_api_id = aws_api_gateway_rest_api.interface.id
  stage_name  = "prod"
  method_path = "orders/GET"
  settings {
    caching_enabled                            = true
    cache_data_encrypted                       = false
    cache_ttl_in_seconds                       = 300
    require_authorization_for_cache_control    = true
    unauthorized_cache_control_header_strategy = "FAIL_WITH_403"
    metrics_enabled                            = true
    logging_level                              = "ERROR"
    data_trace_enabled                         = false
    throttling_burst_limit                     = 100
    throttling_rate_limit                      = 50
  }
}

# Nothing is cached, so nothing is to be encrypted.
resource "aws_api_gateway_method_settings" "interface_near" {
  rest_api_id = aws_api_gateway_rest_api.interface.id
  stage_name  = "prod"
  method_path = "health/GET"
  settings {
    caching_enabled        = false
    cache_data_encrypted   = false
    metrics_enabled        = true
    logging_level          = "ERROR"
    data_trace_enabled     = false
    throttling_burst_limit = 100
    throttling_rate_limit  = 50
  }
}

resource "aws_api_gateway_integration" "interface_fault" {
  rest_api_id             = aws_api_gateway_rest_api.interface.id
  resource_id             = aws_api_gateway_rest_api.interface.root_resource_id
  http_method             = "POST"
  type                    = "HTTP_PROXY"
  integration_http_method = "POST"
  uri                     = "http://payments.partner.example/charge"
}

# Stays inside the VPC: the address is that of the private link's load balancer.
resource "aws_api_gateway_integration" "interface_near" {
  rest_api_id             = aws_api_gateway_rest_api.interface.id
  resource_id             = aws_api_gateway_rest_api.interface.root_resource_id
  http_method             = "GET"
  type                    = "HTTP_PROXY"
  integration_http_method = "GET"
  connection_type         = "VPC_LINK"
  connection_id           = aws_api_gateway_vpc_link.interface.id
  uri                     = "http://internal.shop.example/orders"
}
