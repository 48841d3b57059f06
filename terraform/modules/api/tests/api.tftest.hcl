mock_provider "aws" {
  # Nothing is applied, so values that AWS would make up are there as soon as there is a plan.
  override_during = plan

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
  mock_resource "aws_api_gateway_stage" {
    defaults = { arn = "arn:aws:apigateway:eu-central-1::/restapis/abc/stages/test" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/apigateway/headgate-test-api" }
  }
  mock_resource "aws_wafv2_web_acl" {
    defaults = { arn = "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/x/1" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/headgate-test-api-logs" }
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
    engagement-api       = { name = "engagement-api", invoke_arn = "arn:aws:apigateway:eu-central-1:lambda:path/engagement-api" }
    approval-gate-decide = { name = "approval-gate-decide", invoke_arn = "arn:aws:apigateway:eu-central-1:lambda:path/decide" }
    permits-api          = { name = "permits-api", invoke_arn = "arn:aws:apigateway:eu-central-1:lambda:path/permits" }
    permits-heartbeat    = { name = "permits-heartbeat", invoke_arn = "arn:aws:apigateway:eu-central-1:lambda:path/heartbeat" }
    query-api            = { name = "query-api", invoke_arn = "arn:aws:apigateway:eu-central-1:lambda:path/query" }
    dlq-api              = { name = "dlq-api", invoke_arn = "arn:aws:apigateway:eu-central-1:lambda:path/dlq" }
  }
}

run "get_never_decides" {
  command = plan

  assert {
    condition     = alltrue([for route, method in local.methods : method.method != "GET" || contains(["GET keys", "GET changes/{id}/attestation"], route) || method.function == "query-api"])
    error_message = "GET requests may reach only query-api, which has a read-only role, and what the key of permits is needed for: the public keys and attestations."
  }

  assert {
    condition     = aws_api_gateway_integration.this["POST changes/{id}/decisions"].uri == var.functions["approval-gate-decide"].invoke_arn
    error_message = "Votes must be routed to approval-gate-decide."
  }

  assert {
    condition     = aws_api_gateway_integration.this["POST engagements/{id}/phases/{phase}/decisions"].uri == var.functions["approval-gate-decide"].invoke_arn && aws_api_gateway_integration.this["POST engagements/{id}/phases/{phase}/report"].uri == var.functions["engagement-api"].invoke_arn
    error_message = "Votes on phases must be routed to approval-gate-decide, and reports to engagement-api: who reports must not decide."
  }

  assert {
    condition     = alltrue([for path in ["permits", "permits/{permit}/use", "permits/{permit}/report"] : aws_api_gateway_integration.this["POST changes/{id}/${path}"].uri == var.functions["permits-api"].invoke_arn])
    error_message = "Permit requests must be routed to permits-api, the only function that reads the signing key."
  }

  assert {
    condition     = aws_api_gateway_integration.this["POST changes/{id}/permits/{permit}/heartbeat"].uri == var.functions["permits-heartbeat"].invoke_arn
    error_message = "Heartbeats must be routed to their own function: nothing else may use up its concurrency."
  }

  assert {
    condition     = length(aws_api_gateway_method_settings.this.settings) == 1 && aws_api_gateway_method_settings.this.settings[0].throttling_rate_limit == 100
    error_message = "The API must have a request rate limit."
  }
}

run "a_flood_cannot_use_up_what_an_apply_needs" {
  command = plan

  assert {
    condition     = toset(keys(aws_api_gateway_method_settings.permits)) == toset(["changes/{id}/permits", "changes/{id}/permits/{permit}/use", "changes/{id}/permits/{permit}/report", "changes/{id}/permits/{permit}/heartbeat", "changes/{id}/permits/{permit}/credentials"])
    error_message = "Permits, reports and heartbeats must each have a limit of their own."
  }

  assert {
    condition     = aws_api_gateway_method_settings.permits["changes/{id}/permits/{permit}/heartbeat"].method_path == "v1/changes/{id}/permits/{permit}/heartbeat/POST" && aws_api_gateway_method_settings.permits["changes/{id}/permits/{permit}/heartbeat"].settings[0].throttling_rate_limit == 25
    error_message = "The limit of heartbeats must be set on their method."
  }

  assert {
    condition     = one(one(one([for rule in aws_wafv2_web_acl.this["api"].rule : rule if rule.name == "requests-per-address"]).statement).rate_based_statement).limit == 2000
    error_message = "The firewall must limit the requests of each address."
  }

  assert {
    condition     = alltrue([for rule in aws_wafv2_web_acl.this["api"].rule : !one(rule.visibility_config).sampled_requests_enabled]) && !one(aws_wafv2_web_acl.this["api"].visibility_config).sampled_requests_enabled
    error_message = "The firewall must keep no samples of requests: they contain tokens."
  }
}

# Functions without a token to verify would still run, and a flood of such requests would use up their concurrency.
run "no_request_without_a_token_starts_a_function" {
  command = plan

  assert {
    condition     = one(one([for rule in aws_wafv2_web_acl.this["api"].rule : rule if rule.name == "no-token"]).action).block[0].custom_response[0].response_code == 401
    error_message = "The firewall must refuse requests without a token."
  }

  assert {
    condition = alltrue([
      for header, token in {
        "Bearer eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.MEUCIQDx_-abc" = true
        "bearer eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.MEUCIQDx_-abc" = true
        ""                                                               = false
        "Bearer "                                                        = false
        "Bearer rubbish"                                                 = false
        "Bearer a.b.c"                                                   = false
        "Basic eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.MEUCIQDx"       = false
        "x Bearer eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.MEUCIQDx"    = false
      } : can(regex(local.token, header)) == token
    ])
    error_message = "The firewall must know what looks like a token."
  }

  assert {
    condition = alltrue([
      for path, public in {
        "/v1/keys"                     = true
        "/prod/v1/keys"                = true
        "/prod/v1/keys/"               = false
        "/prod/v1/delegations/v1/keys" = false
        "/prod/v1/engagements/v1/keys" = false
        "/v1/engagements/v1/keys"      = false
      } : can(regex(local.keys, path)) == public
    ])
    error_message = "Only the public keys need no token."
  }
}

run "requests_are_logged_without_what_they_say" {
  command = plan

  assert {
    condition     = one(aws_api_gateway_stage.this.access_log_settings).destination_arn == aws_cloudwatch_log_group.access["access"].arn
    error_message = "Every request must be logged."
  }

  assert {
    condition     = length(regexall("(?i)header|query|authorization|authorizer|body|\\$context.path|requestOverride", one(aws_api_gateway_stage.this.access_log_settings).format)) == 0
    error_message = "The log must contain no header, query, body or path as sent."
  }

  assert {
    condition     = length(aws_api_gateway_account.this) == 0
    error_message = "The role for the logs of all APIs in the account must be left alone by default."
  }
}

run "an_emulator_has_no_edge" {
  command = plan

  variables {
    edge = { firewall = false, access_logs = false, permit_limit = false }
  }

  assert {
    condition     = length(aws_wafv2_web_acl.this) + length(aws_wafv2_web_acl_association.this) + length(aws_cloudwatch_log_group.access) + length(aws_api_gateway_stage.this.access_log_settings) + length(aws_api_gateway_method_settings.permits) == 0
    error_message = "Without firewall, logs and separate limits, nothing of them may be created."
  }
}

run "the_role_for_logs" {
  command = plan

  variables {
    edge = { account_role = true }
  }

  assert {
    condition     = aws_api_gateway_account.this["logs"].cloudwatch_role_arn == aws_iam_role.logs["logs"].arn
    error_message = "API Gateway must get the role that writes its logs."
  }
}

run "a_limit_that_the_firewall_cannot_have" {
  command = plan

  variables {
    edge = { requests_per_address = 5 }
  }

  expect_failures = [var.edge]
}

run "all_functions_are_needed" {
  command = plan

  variables {
    functions = { intake-api = { name = "intake-api", invoke_arn = "x" } }
  }

  expect_failures = [var.functions]
}
