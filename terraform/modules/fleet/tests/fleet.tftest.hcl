mock_provider "aws" {
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:eu-central-1:123456789012:key/1" }
  }
  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:eu-central-1:123456789012:mocked" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/mocked" }
  }
  mock_resource "aws_iam_policy" {
    defaults = { arn = "arn:aws:iam::123456789012:policy/mocked" }
  }
  mock_resource "aws_lambda_function" {
    defaults = {
      arn        = "arn:aws:lambda:eu-central-1:123456789012:function:mocked"
      invoke_arn = "arn:aws:apigateway:eu-central-1:lambda:path/mocked"
    }
  }
  mock_resource "aws_cloudwatch_event_bus" {
    defaults = { arn = "arn:aws:events:eu-central-1:123456789012:event-bus/mocked" }
  }
  mock_resource "aws_dynamodb_table" {
    defaults = { arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/mocked" }
  }
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::mocked" }
  }
  mock_resource "aws_secretsmanager_secret" {
    defaults = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:mocked" }
  }
  mock_resource "aws_api_gateway_rest_api" {
    defaults = { execution_arn = "arn:aws:execute-api:eu-central-1:123456789012:abc" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  environment = "test"
  account_id  = "123456789012"
  region      = "eu-central-1"
  zip_dir     = "./tests/zips"
  oidc        = { issuer = "https://issuer.example.com/", audience = "headgate", jwks = "https://issuer.example.com/jwks.json" }
  environments = [{
    name                     = "dev"
    account                  = "123456789012"
    region                   = "eu-central-1"
    monthly_cost_limit_cents = 0
    gate                     = { quorum = 1, roles = ["approver"], separation_of_duties = true, expires_in_seconds = 7200 }
  }]
}

run "all_of_the_fleet_is_there" {
  assert {
    condition     = length(module.function) == 13
    error_message = "Thirteen functions."
  }

  assert {
    condition     = toset(keys(aws_lambda_event_source_mapping.dead_letters)) == toset(keys(module.subscription))
    error_message = "Every dead-letter queue must be consumed by dlq-handler."
  }

  assert {
    condition     = alltrue([for name, f in local.functions : alltrue([for sid, s in f.statements : !contains(s.resources, "*") || sid == "Wake"])])
    error_message = "Only SendTaskSuccess, which has no resource to name, may have resource *."
  }

  assert {
    condition     = alltrue([for f in values(local.functions) : alltrue([for k, v in f.variables : !strcontains(lower(k), "password")])])
    error_message = "No secret may be in a function's environment."
  }
}

run "keys_that_are_no_jwks_are_refused" {
  command = plan

  variables {
    oidc = { issuer = "i", audience = "a", jwks = "http://issuer.example.com/jwks.json" }
  }

  expect_failures = [var.oidc]
}

run "prod_cannot_do_without_people" {
  command = plan

  variables {
    environments = [{
      name                     = "prod"
      account                  = "123456789012"
      region                   = "eu-central-1"
      monthly_cost_limit_cents = 0
      gate                     = { quorum = 0, roles = [], separation_of_duties = false, expires_in_seconds = 60 }
    }]
  }

  expect_failures = [var.environments]
}
