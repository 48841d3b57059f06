mock_provider "aws" {
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
    query-api            = { name = "query-api", invoke_arn = "arn:aws:apigateway:eu-central-1:lambda:path/query" }
    dlq-api              = { name = "dlq-api", invoke_arn = "arn:aws:apigateway:eu-central-1:lambda:path/dlq" }
  }
}

run "get_never_decides" {
  assert {
    condition     = alltrue([for route, method in local.methods : method.method != "GET" || contains(["GET keys", "GET delegations"], route) || contains(["query-api", "dlq-api"], method.function)])
    error_message = "GET may only reach the read side, the public keys and the list of delegations."
  }

  assert {
    condition     = aws_api_gateway_integration.this["POST changes/{id}/{proxy+}"].uri == var.functions["approval-gate-decide"].invoke_arn
    error_message = "Votes go to approval-gate-decide."
  }

  assert {
    condition     = length(aws_api_gateway_method_settings.this.settings) == 1 && aws_api_gateway_method_settings.this.settings[0].throttling_rate_limit == 100
    error_message = "Requests must be limited."
  }
}

run "all_four_functions_are_needed" {
  command = plan

  variables {
    functions = { intake-api = { name = "intake-api", invoke_arn = "x" } }
  }

  expect_failures = [var.functions]
}
