data "aws_partition" "this" {}

locals {
  dlq_name  = "${var.name}-dlq"
  sqs       = "arn:${data.aws_partition.this.partition}:sqs:${var.region}:${var.account_id}"
  dlq_arn   = "${local.sqs}:${local.dlq_name}"
  rules_arn = "arn:${data.aws_partition.this.partition}:events:${var.region}:${var.account_id}:rule/${var.bus_name}"
}

# Policies and redrive policies are attributes of the queues. As separate resources, each would make the
# provider wait another 30 seconds.
resource "aws_sqs_queue" "this" {
  for_each = local.parts

  name                       = each.value
  visibility_timeout_seconds = var.visibility_timeout_seconds
  message_retention_seconds  = 14 * 24 * 3600 # longer than any outage
  receive_wait_time_seconds  = 20
  kms_master_key_id          = var.kms_key_arn
  policy                     = data.aws_iam_policy_document.this[each.key].json

  redrive_policy = jsonencode({
    deadLetterTargetArn = local.dlq_arn
    maxReceiveCount     = var.max_receive_count
  })

  # SQS itself moves messages to a dead-letter queue, whatever its policy says: anybody could name this queue as theirs.
  redrive_allow_policy = jsonencode({ redrivePermission = "denyAll" })

  depends_on = [aws_sqs_queue.dlq] # SQS requires that it exists

  tags = var.tags
}

# Poison messages arrive here at once, with the reason, and messages that fail by themselves after eight receives. An outage
# moves none here, unless it lasts for more than a day.
# Messages that dlq-handler cannot process go to the last queue, which has an alarm. No message is retried
# forever.
resource "aws_sqs_queue" "dlq" {
  name                       = local.dlq_name
  visibility_timeout_seconds = var.visibility_timeout_seconds
  message_retention_seconds  = 14 * 24 * 3600
  kms_master_key_id          = var.kms_key_arn
  policy                     = data.aws_iam_policy_document.this["dlq"].json

  redrive_policy = jsonencode({
    deadLetterTargetArn = "${local.sqs}:${var.last_queue_name}"
    maxReceiveCount     = var.max_receive_count
  })

  redrive_allow_policy = jsonencode({ redrivePermission = "byQueue", sourceQueueArns = [for queue in values(local.parts) : "${local.sqs}:${queue}"] })

  tags = var.tags
}

# Only a rule may send: matching events to its queue, and events that it could not deliver to the dead-letter queue. The
# named roles may, too: one redrives, one sends dead letters. Other policies in the account can also allow SendMessage, so a Deny
# statement, which no other policy can override, binds everybody else: a message in a queue is believed to have come from the bus.
data "aws_iam_policy_document" "this" {
  for_each = merge(local.parts, { dlq = local.dlq_name })

  statement {
    sid       = "OnlyTheRuleAndTheFleet"
    effect    = "Deny"
    actions   = ["sqs:SendMessage"]
    resources = ["${local.sqs}:${each.value}"]

    principals {
      type        = "AWS"
      identifiers = ["*"] # a denial must cover everyone
    }

    condition {
      test     = "Bool"
      variable = "aws:PrincipalIsAWSService"
      values   = ["false"]
    }

    condition {
      test     = "ArnNotEquals"
      variable = "aws:PrincipalArn"
      values   = [each.key == "dlq" ? var.sender_role_arns.dlq : var.sender_role_arns.queue]
    }
  }

  statement {
    sid       = "Rule"
    actions   = ["sqs:SendMessage"]
    resources = ["${local.sqs}:${each.value}"]

    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [for rule in each.key == "dlq" ? values(local.parts) : [each.value] : "${local.rules_arn}/${rule}"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }
}

resource "aws_cloudwatch_event_rule" "this" {
  for_each = local.parts

  name           = each.value
  description    = "Sends matching events to the queue ${each.value}"
  event_bus_name = var.bus_name
  event_pattern  = local.patterns[each.key]

  tags = var.tags
}

resource "aws_cloudwatch_event_target" "this" {
  for_each = local.parts

  rule           = aws_cloudwatch_event_rule.this[each.key].name
  event_bus_name = var.bus_name
  arn            = "${local.sqs}:${each.value}"

  dead_letter_config {
    arn = local.dlq_arn
  }

  retry_policy {
    # The longest that EventBridge offers, so that an outage of SQS moves nothing to the dead-letter queue.
    maximum_event_age_in_seconds = 86400
    maximum_retry_attempts       = 185
  }

  depends_on = [aws_sqs_queue.this, aws_sqs_queue.dlq]
}

# A disabled key is an error that EventBridge does not retry, and the dead-letter queue has the same key.
resource "aws_cloudwatch_metric_alarm" "lost" {
  for_each = local.parts

  alarm_name          = "${each.value}-delivery-lost"
  alarm_description   = "${each.value}: EventBridge could not send an event to the queue or to its dead-letter queue. Runbook: docs/operations.md#delivery-lost"
  namespace           = "AWS/Events"
  metric_name         = "InvocationsFailedToBeSentToDlq"
  dimensions          = { EventBusName = var.bus_name, RuleName = each.value }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns

  tags = var.tags
}

resource "aws_lambda_event_source_mapping" "this" {
  for_each = local.parts

  event_source_arn = aws_sqs_queue.this[each.key].arn
  function_name    = var.function_name
  batch_size       = var.batch_size
  enabled          = !var.paused
  # Lambda requires a window for more than ten messages.
  maximum_batching_window_in_seconds = var.batch_size > 10 ? 1 : 0
  function_response_types            = ["ReportBatchItemFailures"]

  scaling_config {
    maximum_concurrency = var.maximum_concurrency
  }

  tags = var.tags
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = merge({
    dlq-depth = {
      queue  = local.dlq_name
      metric = "ApproximateNumberOfMessagesVisible"
      over   = 0
      why    = "dead letters are waiting, because dlq-handler has not processed them"
    }
    # Between its attempts, a message is hidden for up to 15 minutes.
    dlq-in-flight = {
      queue  = local.dlq_name
      metric = "ApproximateNumberOfMessagesNotVisible"
      over   = 0
      why    = "dlq-handler fails to process dead letters, and tries again and again"
    }
    }, {
    for queue in values(local.parts) : trimprefix("${queue}-oldest-message", "${var.name}-") => {
      queue  = queue
      metric = "ApproximateAgeOfOldestMessage"
      over   = max(3600, 10 * var.visibility_timeout_seconds)
      why    = "messages are not received, so the consumer does not read its queue"
    }
  })

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = "${each.value.queue}: ${each.value.why}. Runbook: docs/operations.md#${endswith(each.key, "oldest-message") ? "oldest-message" : each.key}"
  namespace           = "AWS/SQS"
  metric_name         = each.value.metric
  dimensions          = { QueueName = each.value.queue }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 5
  threshold           = each.value.over
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns

  tags = var.tags
}
