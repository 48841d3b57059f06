# What stands before the functions: a firewall that limits each address, and a log of every request.

locals {
  # What the `authorization` header of a signed JSON Web Token looks like. Without an end, because the firewall sees the first 8 KB only.
  token = "^[Bb]earer [A-Za-z0-9_-]{8,}[.][A-Za-z0-9_-]{8,}[.][A-Za-z0-9_-]{8,}"

  # The path of the public keys, with the name of the stage or behind a domain of its own.
  keys = "^(/[A-Za-z0-9_-]+)?/v1/keys$"

  # No header, query or body: they can contain tokens and ids that callers guessed.
  access_log = {
    time       = "$context.requestTime"
    request_id = "$context.requestId"
    address    = "$context.identity.sourceIp"
    method     = "$context.httpMethod"
    resource   = "$context.resourcePath"
    status     = "$context.status"
    bytes      = "$context.responseLength"
    latency_ms = "$context.responseLatency"
    error      = "$context.error.responseType"
    firewall   = "$context.wafResponseCode"
  }
}

data "aws_partition" "this" {}

resource "aws_cloudwatch_log_group" "access" {
  for_each = toset(var.edge.access_logs ? ["access"] : [])

  name              = "/aws/apigateway/${var.name}"
  retention_in_days = var.edge.log_retention_days
  kms_key_id        = var.edge.log_key_arn

  tags = var.tags
}

# One role for all APIs of an account in a Region. Without it, API Gateway refuses a stage with logs.
data "aws_iam_policy_document" "logs" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["apigateway.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "logs" {
  for_each = toset(var.edge.account_role ? ["logs"] : [])

  name                 = "${var.name}-logs"
  assume_role_policy   = data.aws_iam_policy_document.logs.json
  permissions_boundary = var.permissions_boundary_arn

  tags = var.tags
}

resource "aws_iam_role_policy_attachment" "logs" {
  for_each = aws_iam_role.logs

  role       = each.value.name
  policy_arn = "arn:${data.aws_partition.this.partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
}

resource "aws_api_gateway_account" "this" {
  for_each = aws_iam_role.logs

  cloudwatch_role_arn = each.value.arn

  depends_on = [aws_iam_role_policy_attachment.logs]
}

resource "aws_wafv2_web_acl" "this" {
  for_each = toset(var.edge.firewall ? ["api"] : [])

  name        = var.name
  description = "Limits the requests of each address to Headgate's API, and refuses those without a token."
  scope       = "REGIONAL"

  default_action {
    allow {}
  }

  rule {
    name     = "requests-per-address"
    priority = 1

    action {
      block {
        custom_response {
          response_code = 429
        }
      }
    }

    statement {
      rate_based_statement {
        limit              = var.edge.requests_per_address
        aggregate_key_type = "IP"
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "requests-per-address"
      sampled_requests_enabled   = false # samples contain headers, and so tokens
    }
  }

  # Whatever has no token never starts a function. The functions verify the token; this only sees that there is one.
  rule {
    name     = "no-token"
    priority = 2

    action {
      block {
        custom_response {
          response_code = 401
        }
      }
    }

    statement {
      and_statement {
        statement {
          not_statement {
            statement {
              regex_match_statement {
                regex_string = local.token

                field_to_match {
                  single_header {
                    name = "authorization"
                  }
                }

                text_transformation {
                  priority = 0
                  type     = "NONE"
                }
              }
            }
          }
        }

        # The public keys.
        statement {
          not_statement {
            statement {
              regex_match_statement {
                regex_string = local.keys

                field_to_match {
                  uri_path {}
                }

                text_transformation {
                  priority = 0
                  type     = "NONE"
                }
              }
            }
          }
        }
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "no-token"
      sampled_requests_enabled   = false
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = var.name
    sampled_requests_enabled   = false
  }

  tags = var.tags
}

resource "aws_wafv2_web_acl_association" "this" {
  for_each = aws_wafv2_web_acl.this

  resource_arn = aws_api_gateway_stage.this.arn
  web_acl_arn  = each.value.arn
}
