# What runs every minute, and the role of all schedules.

locals {
  sweeps = {
    outbox-sweeper      = "Publishes events that were committed but not published."
    approval-gate-sweep = "Expires approvals, and looks after their workflows."
    engagement-sweep    = "Looks at the engagements at which something is due."
    transparency-log    = "Appends timelines to the transparency log, and signs a checkpoint."
  }
}

resource "aws_scheduler_schedule" "every_minute" {
  for_each = local.sweeps

  name                = "${local.prefix}${each.key}"
  description         = each.value
  schedule_expression = "rate(1 minute)"
  state               = var.storage.paused ? "DISABLED" : "ENABLED"
  kms_key_arn         = aws_kms_key.this.arn

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = module.function[each.key].arn
    role_arn = aws_iam_role.scheduler.arn
    input    = "{}"

    # The next minute does the same.
    retry_policy {
      maximum_event_age_in_seconds = 60
      maximum_retry_attempts       = 0
    }

    # By name, so that the plan shows it.
    dead_letter_config {
      arn = "${local.queues_arn}undeliverable"
    }
  }

  depends_on = [aws_iam_role_policy_attachment.scheduler, aws_sqs_queue.last]
}

# A sweep that does not run has no errors.
resource "aws_cloudwatch_metric_alarm" "every_minute" {
  for_each = local.sweeps

  alarm_name          = "${local.prefix}${each.key}-missing"
  alarm_description   = "${local.prefix}${each.key} has not run for ten minutes. Runbook: docs/operations.md#missing"
  namespace           = "AWS/Lambda"
  metric_name         = "Invocations"
  dimensions          = { FunctionName = module.function[each.key].name }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 2 # the first one ends before the first deployment does
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = var.alarm_topic_arns

  tags = var.tags
}

# The scheduler invokes asynchronously. A sweep that failed is not repeated and needs no dead-letter queue: the
# next one does the same, and its errors raise an alarm.
resource "aws_lambda_function_event_invoke_config" "every_minute" {
  for_each = local.sweeps

  function_name                = module.function[each.key].name
  maximum_event_age_in_seconds = 60
  maximum_retry_attempts       = 0
}

data "aws_iam_policy_document" "scheduler_assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["scheduler.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }
}

data "aws_iam_policy_document" "scheduler" {
  statement {
    actions   = ["events:PutEvents"]
    resources = [module.bus.arn]

    condition {
      test     = "StringEquals"
      variable = "events:source"
      values   = ["headgate.schedule"]
    }
  }

  statement {
    actions   = ["lambda:InvokeFunction"]
    resources = [for name in sort(keys(local.sweeps)) : "${local.functions_arn}${name}"]
  }

  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.last.arn]
  }

  statement {
    actions   = ["kms:GenerateDataKey", "kms:Decrypt"]
    resources = [aws_kms_key.this.arn]
  }
}

# One of the roles that the bus lets send as `headgate.*`.
resource "aws_iam_role" "scheduler" {
  name                 = "${local.prefix}scheduler"
  assume_role_policy   = data.aws_iam_policy_document.scheduler_assume.json
  permissions_boundary = var.security.permissions_boundary_arn

  tags = var.tags
}

resource "aws_iam_policy" "scheduler" {
  name   = "${local.prefix}scheduler"
  policy = data.aws_iam_policy_document.scheduler.json

  tags = var.tags
}

resource "aws_iam_role_policy_attachment" "scheduler" {
  role       = aws_iam_role.scheduler.name
  policy_arn = aws_iam_policy.scheduler.arn
}
