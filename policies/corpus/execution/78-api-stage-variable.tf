# A stage of an API has a Slack webhook among its variables.
# Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/stage-variables.html (never for credentials)
# Fault at: aws_apigatewayv2_stage.secstage_fault
# Near miss at: aws_apigatewayv2_stage.secstage_near

resource "aws_apigatewayv2_api" "secstage_api" {
  name          = "shop-prod-secstage"
  protocol_type = "HTTP"
}

resource "aws_kms_key" "secstage_key" {
  description         = "Key for secstage_key"
  enable_key_rotation = true
}

resource "aws_cloudwatch_log_group" "secstage_log" {
  name              = "/shop-prod/secstage"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.secstage_key.arn
}

resource "aws_apigatewayv2_stage" "secstage_fault" {
  api_id          = aws_apigatewayv2_api.secstage_api.id
  name            = "shop-prod-fault"
  stage_variables = { notify = "https://hooks.slack.com/services/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" }

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.secstage_log.arn
    format          = "$context.requestId $context.status"
  }

  default_route_settings {
    throttling_burst_limit = 100
    throttling_rate_limit  = 50
  }
}

resource "aws_apigatewayv2_stage" "secstage_near" {
  api_id          = aws_apigatewayv2_api.secstage_api.id
  name            = "shop-prod-near"
  stage_variables = { notify = "https://hooks.example.com/services/orders", lambdaAlias = "live" }

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.secstage_log.arn
    format          = "$context.requestId $context.status"
  }

  default_route_settings {
    throttling_burst_limit = 100
    throttling_rate_limit  = 50
  }
}
