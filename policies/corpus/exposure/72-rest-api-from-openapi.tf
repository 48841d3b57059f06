# A REST API comes from an OpenAPI document in which one operation has no authorization.
# Source: CKV_AWS_59, https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authtype.html
# Fault at: aws_api_gateway_rest_api.document_fault
# Near miss at: aws_api_gateway_rest_api.document_near

locals {
  sigv4 = {
    sigv4 = {
      type                           = "apiKey"
      name                           = "Authorization"
      in                             = "header"
      "x-amazon-apigateway-authtype" = "awsSigv4"
    }
  }
}

resource "aws_api_gateway_rest_api" "document_fault" {
  name = "shop-prod-stock"
  body = jsonencode({
    openapi    = "3.0.1"
    info       = { title = "stock", version = "1" }
    components = { securitySchemes = local.sigv4 }
    paths = {
      "/stock" = {
        get = {
          security                          = [{ sigv4 = [] }]
          "x-amazon-apigateway-integration" = { type = "http_proxy", httpMethod = "GET", uri = "https://stock.shop.example.com" }
        }
        delete = {
          "x-amazon-apigateway-integration" = { type = "http_proxy", httpMethod = "DELETE", uri = "https://stock.shop.example.com" }
        }
      }
    }
  })

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_rest_api" "document_near" {
  name = "shop-prod-prices"
  body = jsonencode({
    openapi    = "3.0.1"
    info       = { title = "prices", version = "1" }
    components = { securitySchemes = local.sigv4 }
    paths = {
      "/prices" = {
        get = {
          security                          = [{ sigv4 = [] }]
          "x-amazon-apigateway-integration" = { type = "http_proxy", httpMethod = "GET", uri = "https://prices.shop.example.com" }
        }
        options = {
          "x-amazon-apigateway-integration" = { type = "mock" }
        }
      }
    }
  })

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}
