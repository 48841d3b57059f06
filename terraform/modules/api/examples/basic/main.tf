# The HTTP API, in front of functions that exist.

data "aws_caller_identity" "this" {}
data "aws_region" "this" {}

locals {
  names = ["intake-api", "engagement-api", "approval-gate-decide", "permits-api", "permits-heartbeat", "query-api", "dlq-api"]
  arns  = "arn:aws:lambda:${data.aws_region.this.name}:${data.aws_caller_identity.this.account_id}:function"
}

module "api" {
  source = "../.."

  name                = "headgate-prod"
  stage               = "v1"
  requests_per_second = 50
  functions = {
    for name in local.names : name => {
      name       = "headgate-prod-${name}"
      invoke_arn = "arn:aws:apigateway:${data.aws_region.this.name}:lambda:path/2015-03-31/functions/${local.arns}:headgate-prod-${name}/invocations"
    }
  }
}
