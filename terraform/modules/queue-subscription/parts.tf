# A consumer may have several queues, each for a part of the events. Then messages that exclude each other wait in the same queue, and
# are received together. All of them have one dead-letter queue.

locals {
  # Names of the queues and of their rules. The first one has the name of the consumer.
  parts = { for n in range(var.parts.queues) : tostring(n) => n == 0 ? var.name : "${var.name}-part-${n}" }

  # Values of the event's `partitionkey` that belong to a queue.
  keys = { for n in keys(local.parts) : n => [for key in range(16) : format("%02d", key) if key % var.parts.queues == tonumber(n)] }

  # The first queue also takes events without a partitionkey, or with one that is no key of another queue: each event is in some queue.
  others   = [for key in range(16) : format("%02d", key) if key % var.parts.queues != 0]
  whole    = var.parts.queues == 1 || var.parts.overlap
  belongs  = { for n, keys in local.keys : n => n == "0" ? jsonencode([{ exists = false }, { anything-but = local.others }]) : jsonencode(keys) }
  patterns = { for n in keys(local.parts) : n => n == "0" && local.whole ? jsonencode(var.event_pattern) : jsonencode(merge(var.event_pattern, { detail = merge(try(var.event_pattern.detail, {}), { partitionkey = jsondecode(local.belongs[n]) }) })) }
}

# Before there were parts.
moved {
  from = aws_sqs_queue.this
  to   = aws_sqs_queue.this["0"]
}

moved {
  from = aws_cloudwatch_event_rule.this
  to   = aws_cloudwatch_event_rule.this["0"]
}

moved {
  from = aws_cloudwatch_event_target.this
  to   = aws_cloudwatch_event_target.this["0"]
}

moved {
  from = aws_cloudwatch_metric_alarm.lost
  to   = aws_cloudwatch_metric_alarm.lost["0"]
}

moved {
  from = aws_lambda_event_source_mapping.this
  to   = aws_lambda_event_source_mapping.this["0"]
}
