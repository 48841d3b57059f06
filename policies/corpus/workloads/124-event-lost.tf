# An event that the function cannot take is lost after the last try.
# Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
# Fault at: aws_cloudwatch_event_target.ev_fault
# Near miss at: aws_cloudwatch_event_target.ev_near

resource "aws_cloudwatch_event_rule" "ev" {
  name          = "shop-prod-paid"
  description   = "A customer has paid"
  event_pattern = jsonencode({ source = ["shop.payments"] })
}

resource "aws_cloudwatch_event_target" "ev_fault" {
  rule      = aws_cloudwatch_event_rule.ev.name
  target_id = "shop-prod-ev-fault"
  arn       = aws_lambda_function.work.arn
  retry_policy {
    maximum_retry_attempts       = 0
    maximum_event_age_in_seconds = 60
  }
}

resource "aws_cloudwatch_event_target" "ev_near" {
  rule      = aws_cloudwatch_event_rule.ev.name
  target_id = "shop-prod-ev-near"
  arn       = aws_lambda_function.work.arn
  retry_policy {
    maximum_retry_attempts       = 0
    maximum_event_age_in_seconds = 60
  }
  dead_letter_config {
    arn = aws_sqs_queue.work_dlq.arn
  }
}
