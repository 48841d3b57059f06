locals {
  # Explicit resources work on AWS and both emulators. Importing an OpenAPI body does not work on all of them.
  # {path = {method = function}}. The function routes the paths that {proxy+} matches.
  routes = {
    "changes"                                     = { GET = "query-api", POST = "intake-api" }
    "changes/{id}"                                = { GET = "query-api" }
    "changes/{id}/decisions"                      = { POST = "approval-gate-decide" }
    "changes/{id}/withdrawals"                    = { POST = "approval-gate-decide" }
    "changes/{id}/permits"                        = { POST = "permits-api" }
    "changes/{id}/attestation"                    = { GET = "permits-api" }
    "changes/{id}/evidence"                       = {}
    "changes/{id}/evidence/{proxy+}"              = { GET = "query-api" }
    "changes/{id}/files"                          = { GET = "query-api" }
    "changes/{id}/plan"                           = { GET = "query-api" }
    "changes/{id}/permits/{permit}"               = {}
    "changes/{id}/permits/{permit}/use"           = { POST = "permits-api" }
    "changes/{id}/permits/{permit}/report"        = { POST = "permits-api" }
    "changes/{id}/permits/{permit}/credentials"   = { POST = "permits-api" }
    "changes/{id}/permits/{permit}/heartbeat"     = { POST = "permits-heartbeat" }
    "delegations"                                 = { GET = "query-api", POST = "approval-gate-decide" }
    "delegations/{proxy+}"                        = { POST = "approval-gate-decide" }
    "artifacts"                                   = { POST = "intake-api" }
    "engagements"                                 = { GET = "query-api", POST = "engagement-api" }
    "engagements/{id}"                            = { GET = "query-api" }
    "engagements/{id}/cancel"                     = { POST = "engagement-api" }
    "engagements/{id}/deliverables"               = { GET = "query-api" }
    "engagements/{id}/deliverables/{proxy+}"      = { GET = "query-api" }
    "engagements/{id}/interrupts"                 = {}
    "engagements/{id}/interrupts/{proxy+}"        = { POST = "engagement-api" }
    "engagements/{id}/ledger"                     = { GET = "query-api", POST = "engagement-api" }
    "engagements/{id}/messages"                   = { GET = "query-api", POST = "engagement-api" }
    "engagements/{id}/survey"                     = { GET = "query-api", POST = "engagement-api" }
    "engagements/{id}/metrics"                    = { GET = "query-api" }
    "engagements/{id}/timeline"                   = { GET = "query-api" }
    "engagements/{id}/timeline/{proxy+}"          = { GET = "query-api" }
    "engagements/{id}/phases"                     = {}
    "engagements/{id}/phases/{phase}"             = {}
    "engagements/{id}/phases/{phase}/decisions"   = { POST = "approval-gate-decide" }
    "engagements/{id}/phases/{phase}/withdrawals" = { POST = "approval-gate-decide" }
    "engagements/{id}/phases/{phase}/interrupts"  = { POST = "engagement-api" }
    "engagements/{id}/phases/{phase}/report"      = { POST = "engagement-api" }
    "engagements/{id}/phases/{phase}/resume"      = { POST = "engagement-api" }
    "engagements/{id}/phases/{phase}/skip"        = { POST = "engagement-api" }
    "engagements/{id}/phases/{phase}/usage"       = { POST = "engagement-api" }
    "environments"                                = { GET = "query-api" }
    "environments/{proxy+}"                       = { POST = "permits-api" }
    "keys"                                        = { GET = "permits-api" }
    "log"                                         = { GET = "query-api" }
    "evaluations"                                 = { GET = "query-api", POST = "intake-api" }
    "evaluations/{proxy+}"                        = { GET = "query-api" }
    "scorecards"                                  = {}
    "scorecards/{proxy+}"                         = { GET = "query-api" }
    "standings"                                   = {}
    "standings/{proxy+}"                          = { GET = "query-api", POST = "approval-gate-decide" }
    "quarantine"                                  = { GET = "query-api" }
    "quarantine/{proxy+}"                         = { GET = "query-api", POST = "dlq-api" }
  }

  depth = { for path in keys(local.routes) : path => length(split("/", path)) }

  methods = merge([
    for path, methods in local.routes : {
      for method, function in methods : "${method} ${path}" => { path = path, method = method, function = function }
    }
  ]...)

  resource_ids = merge(
    { for path, r in aws_api_gateway_resource.first : path => r.id },
    { for path, r in aws_api_gateway_resource.second : path => r.id },
    { for path, r in aws_api_gateway_resource.third : path => r.id },
    { for path, r in aws_api_gateway_resource.fourth : path => r.id },
    { for path, r in aws_api_gateway_resource.fifth : path => r.id },
  )
}

resource "aws_api_gateway_rest_api" "this" {
  name        = var.name
  description = "Headgate's HTTP API. See openapi.json."

  endpoint_configuration {
    types = ["REGIONAL"]
  }

  tags = var.tags
}

resource "aws_api_gateway_resource" "v1" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = aws_api_gateway_rest_api.this.root_resource_id
  path_part   = "v1"
}

# A resource cannot refer to other instances of its own for_each, so each depth has its own block.
resource "aws_api_gateway_resource" "first" {
  for_each = { for path, depth in local.depth : path => path if depth == 1 }

  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = aws_api_gateway_resource.v1.id
  path_part   = each.key
}

resource "aws_api_gateway_resource" "second" {
  for_each = { for path, depth in local.depth : path => split("/", path) if depth == 2 }

  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = aws_api_gateway_resource.first[each.value[0]].id
  path_part   = each.value[1]
}

resource "aws_api_gateway_resource" "third" {
  for_each = { for path, depth in local.depth : path => split("/", path) if depth == 3 }

  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = aws_api_gateway_resource.second[join("/", slice(each.value, 0, 2))].id
  path_part   = each.value[2]
}

resource "aws_api_gateway_resource" "fourth" {
  for_each = { for path, depth in local.depth : path => split("/", path) if depth == 4 }

  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = aws_api_gateway_resource.third[join("/", slice(each.value, 0, 3))].id
  path_part   = each.value[3]
}

resource "aws_api_gateway_resource" "fifth" {
  for_each = { for path, depth in local.depth : path => split("/", path) if depth == 5 }

  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = aws_api_gateway_resource.fourth[join("/", slice(each.value, 0, 4))].id
  path_part   = each.value[4]
}

# A resource may have one variable path part below it, so the part that was here before is renamed in place.
moved {
  from = aws_api_gateway_resource.fourth["changes/{id}/permits/{proxy+}"]
  to   = aws_api_gateway_resource.fourth["changes/{id}/permits/{permit}"]
}

# No authorizer. The firewall refuses requests without a token (edge.tf). The functions verify the token and all its claims themselves, and the same code runs on the
# emulators, which have no authorizers.
resource "aws_api_gateway_method" "this" {
  for_each = local.methods

  rest_api_id   = aws_api_gateway_rest_api.this.id
  resource_id   = local.resource_ids[each.value.path]
  http_method   = each.value.method
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "this" {
  for_each = local.methods

  rest_api_id             = aws_api_gateway_rest_api.this.id
  resource_id             = local.resource_ids[each.value.path]
  http_method             = aws_api_gateway_method.this[each.key].http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = var.functions[each.value.function].invoke_arn
}

resource "aws_lambda_permission" "this" {
  for_each = var.functions

  statement_id  = "api"
  action        = "lambda:InvokeFunction"
  function_name = each.value.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.this.execution_arn}/*/*"
}

# What API Gateway answers by itself (throttling, unknown paths, a function that fails or times out), in the shape of all
# other errors.
resource "aws_api_gateway_gateway_response" "this" {
  for_each = toset(["DEFAULT_4XX", "DEFAULT_5XX"])

  rest_api_id   = aws_api_gateway_rest_api.this.id
  response_type = each.key

  response_parameters = {
    "gatewayresponse.header.x-request-id" = "context.requestId"
  }

  response_templates = {
    "application/json" = "{\"error\":\"gateway\",\"message\":$context.error.messageString,\"request_id\":\"$context.requestId\",\"trace_id\":\"\"}"
  }
}

resource "aws_api_gateway_deployment" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id

  # A deployment is a snapshot, so a changed route needs a new one. The trigger contains only values that are
  # known before the apply. Otherwise every apply would create a new deployment.
  triggers = {
    routes = sha1(jsonencode(local.routes))
  }

  lifecycle {
    create_before_destroy = true
  }

  depends_on = [aws_api_gateway_integration.this]
}

resource "aws_api_gateway_stage" "this" {
  rest_api_id   = aws_api_gateway_rest_api.this.id
  deployment_id = aws_api_gateway_deployment.this.id
  stage_name    = var.stage

  dynamic "access_log_settings" {
    for_each = aws_cloudwatch_log_group.access

    content {
      destination_arn = access_log_settings.value.arn
      format          = jsonencode(local.access_log)
    }
  }

  tags = var.tags

  depends_on = [aws_api_gateway_account.this]
}

resource "aws_api_gateway_method_settings" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  stage_name  = aws_api_gateway_stage.this.stage_name
  method_path = "*/*"

  settings {
    throttling_rate_limit  = var.requests_per_second
    throttling_burst_limit = var.requests_per_second * 2
    metrics_enabled        = true
  }
}

# Permits, reports and heartbeats each have limits of their own: a flood of other requests must not let the lock of an apply lapse.
resource "aws_api_gateway_method_settings" "permits" {
  for_each = toset([for path, methods in local.routes : path if var.edge.permit_limit && startswith(path, "changes/{id}/permits") && methods != {}])

  rest_api_id = aws_api_gateway_rest_api.this.id
  stage_name  = aws_api_gateway_stage.this.stage_name
  method_path = "v1/${each.key}/POST"

  settings {
    throttling_rate_limit  = var.permit_requests_per_second
    throttling_burst_limit = var.permit_requests_per_second * 2
    metrics_enabled        = true
  }

  depends_on = [aws_api_gateway_method_settings.this]
}
