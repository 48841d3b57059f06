# A service that a consumer needs is not available or hangs: a table, the bus, a key, a receiver of webhooks. Messages wait
# meanwhile. One alarm for all consumers, because an outage usually concerns every one of them.
resource "aws_cloudwatch_metric_alarm" "unavailable" {
  alarm_name          = "${local.prefix}unavailable"
  alarm_description   = "Consumers cannot reach a service that they need, so messages wait. Runbook: docs/operations.md#unavailable"
  evaluation_periods  = 6 # half an hour: in a long outage, a message is tried every 8 to 15 minutes
  datapoints_to_alarm = 2
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns

  metric_query {
    id          = "waiting"
    expression  = "refused + hung"
    label       = "messages that wait for a service"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { refused = "Unavailable", hung = "TimedOut" }

    content {
      id = metric_query.key

      metric {
        namespace   = "Headgate"
        metric_name = metric_query.value
        period      = 300
        stat        = "Sum"
      }
    }
  }

  tags = var.tags
}
