# dlq-handler consumes every dead-letter queue of the fleet. Messages that it cannot process go to the last queue. It tries those again
# every few minutes, each alone, until they are in quarantine: so once the cause is repaired, nothing remains to be done.

locals {
  last_queue_name = "${local.prefix}undeliverable"
}

resource "aws_sqs_queue" "last" {
  name                       = local.last_queue_name
  visibility_timeout_seconds = 300
  message_retention_seconds  = 14 * 24 * 3600
  kms_master_key_id          = aws_kms_key.this.arn

  policy = data.aws_iam_policy_document.last.json

  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [for name in keys(local.subscriptions) : "${local.queues_arn}${name}-dlq"]
  })

  tags = var.tags
}

# SQS itself moves messages here, which needs no permission. Besides, only the scheduler sends.
data "aws_iam_policy_document" "last" {
  statement {
    sid       = "OnlyTheScheduler"
    effect    = "Deny"
    actions   = ["sqs:SendMessage"]
    resources = ["${local.queues_arn}undeliverable"]

    principals {
      type        = "AWS"
      identifiers = ["*"] # a denial must cover everyone
    }

    condition {
      test     = "ArnNotEquals"
      variable = "aws:PrincipalArn"
      values   = ["${local.roles_arn}scheduler"]
    }
  }
}

resource "aws_lambda_event_source_mapping" "dead_letters" {
  for_each = local.subscriptions

  event_source_arn        = module.subscription[each.key].dlq_arn
  function_name           = module.function["dlq-handler"].name
  batch_size              = 10
  enabled                 = !var.storage.paused
  function_response_types = ["ReportBatchItemFailures"]

  scaling_config {
    maximum_concurrency = 2
  }

  tags = var.tags
}

resource "aws_lambda_event_source_mapping" "last" {
  event_source_arn        = aws_sqs_queue.last.arn
  function_name           = module.function["dlq-handler"].name
  batch_size              = 1
  enabled                 = !var.storage.paused
  function_response_types = ["ReportBatchItemFailures"]

  scaling_config {
    maximum_concurrency = 2
  }

  tags = var.tags
}

resource "aws_cloudwatch_metric_alarm" "last" {
  alarm_name          = "${local.last_queue_name}-depth"
  alarm_description   = "dlq-handler could not process a dead letter; its log says why. Runbook: docs/operations.md#last-depth"
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns

  metric_query {
    id          = "waiting"
    expression  = "visible + tried"
    label       = "Messages in the last queue"
    return_data = true
  }

  # Between two tries a message is not visible.
  dynamic "metric_query" {
    for_each = { visible = "ApproximateNumberOfMessagesVisible", tried = "ApproximateNumberOfMessagesNotVisible" }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/SQS"
        metric_name = metric_query.value
        dimensions  = { QueueName = local.last_queue_name }
        stat        = "Maximum"
        period      = 60
      }
    }
  }

  tags = var.tags
}
