# An event rule of the plan disturbs the function of Headgate.
# Source: https://attack.mitre.org/techniques/T1562/
# Fault at: aws_lambda_function_event_invoke_config.hgfun_fault
# Fault at: aws_lambda_permission.hgfun_fault
# Near miss at: aws_lambda_function_event_invoke_config.hgfun_near

resource "aws_lambda_function_event_invoke_config" "hgfun_fault" {
  function_name                = "headgate-reviewer"
  maximum_event_age_in_seconds = 60
  maximum_retry_attempts       = 0
}

resource "aws_lambda_permission" "hgfun_fault" {
  statement_id  = "events"
  action        = "lambda:InvokeFunction"
  function_name = "headgate-executor"
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.hgfun_rule.arn
}

resource "aws_cloudwatch_event_rule" "hgfun_rule" {
  tags  = { CreatedBy = "agent" }
  name                = "shop-prod-hgfun"
  schedule_expression = "rate(1 day)"
}

resource "aws_lambda_function_event_invoke_config" "hgfun_near" {
  function_name                = "shop-prod-reviewer"
  maximum_event_age_in_seconds = 3600
  maximum_retry_attempts       = 1
}
