# An event target sends a password in its constant input.
# Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
# Fault at: aws_cloudwatch_event_target.secinp_fault
# Near miss at: aws_cloudwatch_event_target.secinp_near

resource "aws_cloudwatch_event_rule" "secinp_rule" {
  name                = "shop-prod-secinp"
  schedule_expression = "rate(1 day)"
}

resource "aws_sqs_queue" "secinp_queue" {
  name                    = "shop-prod-secinp"
  sqs_managed_sse_enabled = true
}

resource "aws_cloudwatch_event_target" "secinp_fault" {
  rule = aws_cloudwatch_event_rule.secinp_rule.name
  arn  = aws_sqs_queue.secinp_queue.arn

  input_transformer {
    input_paths    = { time = "$.time" }
    input_template = "{\"at\": <time>, \"auth\": \"Basic c2hvcDpaYXVuazBlbmlnLU5lc3QtODg=\"}"
  }

  dead_letter_config {
    arn = aws_sqs_queue.secinp_queue.arn
  }
}

resource "aws_cloudwatch_event_target" "secinp_near" {
  rule = aws_cloudwatch_event_rule.secinp_rule.name
  arn  = aws_sqs_queue.secinp_queue.arn

  input_transformer {
    input_paths    = { time = "$.time" }
    input_template = "{\"at\": <time>, \"auth\": \"Basic plan, no authentication\"}"
  }

  dead_letter_config {
    arn = aws_sqs_queue.secinp_queue.arn
  }
}
