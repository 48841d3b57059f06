mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_resource "aws_api_gateway_rest_api" {
    defaults = { execution_arn = "arn:aws:execute-api:eu-central-1:123456789012:abc" }
  }
}

variables {
  name  = "headgate-test-api"
  stage = "test"
  functions = {
    intake-api           = { name = "intake-api", invoke_arn = "arn:aws:apigateway:eu-central-1:lambda:path/intake-api" }
    approval-gate-decide = { name = "approval-gate-decide", invoke_arn = "arn:aws:apigateway:eu-central-1:lambda:path/decide" }
    permits-api          = { name = "permits-api", invoke_arn = "arn:aws:apigateway:eu-central-1:lambda:path/permits" }
    query-api            = { name = "query-api", invoke_arn = "arn:aws:apigateway:eu-central-1:lambda:path/query" }
    dlq-api              = { name = "dlq-api", invoke_arn = "arn:aws:apigateway:eu-central-1:lambda:path/dlq" }
  }
}

run "get_never_decides" {
  assert {
    condition     = alltrue([for route, method in local.methods : method.method != "GET" || route == "GET keys" || method.function == "query-api"])
    error_message = "GET requests may reach only query-api, which has a read-only role, and the public keys."
  }

  assert {
    condition     = aws_api_gateway_integration.this["POST changes/{id}/decisions"].uri == var.functions["approval-gate-decide"].invoke_arn
    error_message = "Votes must be routed to approval-gate-decide."
  }

  assert {
    condition     = aws_api_gateway_integration.this["POST changes/{id}/permits/{proxy+}"].uri == var.functions["permits-api"].invoke_arn
    error_message = "Permit requests must be routed to permits-api, the only function that reads the signing key."
  }

  assert {
    condition     = length(aws_api_gateway_method_settings.this.settings) == 1 && aws_api_gateway_method_settings.this.settings[0].throttling_rate_limit == 100
    error_message = "The API must have a request rate limit."
  }
}

run "all_functions_are_needed" {
  command = plan

  variables {
    functions = { intake-api = { name = "intake-api", invoke_arn = "x" } }
  }

  expect_failures = [var.functions]
}
