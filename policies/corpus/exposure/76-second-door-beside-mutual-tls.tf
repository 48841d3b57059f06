# Partners must show a certificate at the domain, but the API's own address lets everybody past it.
# Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mutual-tls.html
# Fault at: aws_apigatewayv2_api.certificate_fault
# Near miss at: aws_apigatewayv2_api.certificate_near

resource "aws_apigatewayv2_domain_name" "partners" {
  domain_name = "partners.shop.example.com"

  domain_name_configuration {
    certificate_arn = aws_acm_certificate.vpn.arn
    endpoint_type   = "REGIONAL"
    security_policy = "TLS_1_2"
  }

  mutual_tls_authentication {
    truststore_uri = "s3://shop-prod-trust/partners.pem"
  }
}

resource "aws_apigatewayv2_api" "certificate_fault" {
  name          = "shop-prod-partners"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_api_mapping" "partners" {
  api_id          = aws_apigatewayv2_api.certificate_fault.id
  domain_name     = aws_apigatewayv2_domain_name.partners.id
  stage           = "$default"
  api_mapping_key = "orders"
}

resource "aws_apigatewayv2_api" "certificate_near" {
  name                         = "shop-prod-suppliers"
  protocol_type                = "HTTP"
  disable_execute_api_endpoint = true
}

resource "aws_apigatewayv2_api_mapping" "suppliers" {
  api_id          = aws_apigatewayv2_api.certificate_near.id
  domain_name     = aws_apigatewayv2_domain_name.partners.id
  stage           = "$default"
  api_mapping_key = "supplies"
}
