data "aws_partition" "this" {}

locals {
  dlq_name = "${var.name}-dlq"
  dlq_arn  = "arn:${data.aws_partition.this.partition}:sqs:${var.region}:${var.account_id}:${local.dlq_name}"
  # Without the spaces of the document.
  policy  = jsonencode(jsondecode(data.aws_iam_policy_document.this.json))
  bus_arn = "arn:${data.aws_partition.this.partition}:events:${var.region}:${var.account_id}:event-bus/${var.name}"
}

resource "aws_cloudwatch_event_bus" "this" {
  name               = var.name
  kms_key_identifier = var.kms_key_arn

  dead_letter_config {
    arn = local.dlq_arn
  }

  depends_on = [aws_sqs_queue.dlq]

  tags = var.tags
}

# Events that EventBridge accepted, but cannot encrypt or decrypt with the bus's key, for example because the key was
# disabled. Without this queue they would be lost. SQS encrypts it with a key of its own, so it works when the bus's key
# does not.
resource "aws_sqs_queue" "dlq" {
  name                      = local.dlq_name
  message_retention_seconds = 14 * 24 * 3600
  sqs_managed_sse_enabled   = true
  policy                    = data.aws_iam_policy_document.dlq.json
  redrive_allow_policy      = jsonencode({ redrivePermission = "denyAll" })

  tags = var.tags
}

data "aws_iam_policy_document" "dlq" {
  statement {
    sid       = "OnlyTheBus"
    effect    = "Deny"
    actions   = ["sqs:SendMessage"]
    resources = [local.dlq_arn]

    principals {
      type        = "AWS"
      identifiers = ["*"] # a denial must cover everyone
    }

    condition {
      test     = "Bool"
      variable = "aws:PrincipalIsAWSService"
      values   = ["false"]
    }
  }

  statement {
    sid       = "Bus"
    actions   = ["sqs:SendMessage"]
    resources = [local.dlq_arn]

    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [local.bus_arn]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "dlq" {
  alarm_name          = "${local.dlq_name}-depth"
  alarm_description   = "EventBridge could not use the key of the bus ${var.name}; its events wait in this queue. Runbook: docs/operations.md#bus-dlq-depth"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = local.dlq_name }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns

  tags = var.tags
}

# Binds each source to a role. Identity-based policies in the account can also allow PutEvents, so the binding
# uses Deny statements, which no other policy can override.
data "aws_iam_policy_document" "this" {
  statement {
    sid       = "OnlyTheFleetSpeaksForTheFleet"
    effect    = "Deny"
    actions   = ["events:PutEvents"]
    resources = [local.bus_arn]

    principals {
      type        = "AWS"
      identifiers = ["*"] # a denial must cover everyone
    }

    condition {
      test     = "StringLike"
      variable = "events:source"
      values   = ["headgate.*"]
    }

    condition {
      test     = "ArnNotEquals"
      variable = "aws:PrincipalArn"
      values   = var.fleet_role_arns
    }
  }

  # Everything on the bus is in somebody's name, so it must be a name that is bound to a role.
  statement {
    sid       = "OnlyWhoIsRegistered"
    effect    = "Deny"
    actions   = ["events:PutEvents"]
    resources = [local.bus_arn]

    principals {
      type        = "AWS"
      identifiers = ["*"] # a denial must cover everyone
    }

    condition {
      test     = "StringNotLike"
      variable = "events:source"
      values   = concat(["headgate.*"], sort(keys(var.senders)))
    }
  }

  dynamic "statement" {
    for_each = var.senders

    content {
      effect    = "Deny"
      actions   = ["events:PutEvents"]
      resources = [local.bus_arn]

      principals {
        type        = "AWS"
        identifiers = ["*"] # a denial must cover everyone
      }

      condition {
        test     = "StringEquals"
        variable = "events:source"
        values   = [statement.key]
      }

      condition {
        test     = "ArnNotEquals"
        variable = "aws:PrincipalArn"
        values   = [statement.value.role_arn]
      }
    }
  }

  # The statements above bind each source to its role, so these need not, and one is enough for all senders of the same types: a
  # policy has at most 10 KB.
  dynamic "statement" {
    for_each = { for sender in values(var.senders) : join(" ", sort(sender.detail_types)) => sender.role_arn... }

    content {
      actions   = ["events:PutEvents"]
      resources = [local.bus_arn]

      principals {
        type        = "AWS"
        identifiers = sort(distinct(statement.value))
      }

      condition {
        test     = "StringLike"
        variable = "events:detail-type"
        values   = split(" ", statement.key)
      }
    }
  }
}

resource "aws_cloudwatch_event_bus_policy" "this" {
  event_bus_name = aws_cloudwatch_event_bus.this.name
  policy         = local.policy

  lifecycle {
    precondition {
      condition     = length(local.policy) <= 10240
      error_message = "The policy of the bus has ${length(local.policy)} characters, and EventBridge allows 10,240: too many senders, or names that are too long. Let several agents use one role and one source, or deploy another fleet."
    }
  }
}

# Keeps all events, so that they can be replayed: after a restore, or after a bug is fixed. Provider 5 cannot name a key for it, so
# EventBridge encrypts it with a key of its own.
resource "aws_cloudwatch_event_archive" "this" {
  name             = var.name
  event_source_arn = aws_cloudwatch_event_bus.this.arn
  retention_days   = var.archive_days
}
