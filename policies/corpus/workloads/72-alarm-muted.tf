# The alarm names a topic, but its actions are switched off.
# Source: CloudWatch.15, CloudWatch.17, CKV_AWS_319
# Fault at: aws_cloudwatch_metric_alarm.mute_fault
# Near miss at: aws_cloudwatch_metric_alarm.mute_near

resource "aws_cloudwatch_metric_alarm" "mute_fault" {
  alarm_name          = "shop-prod-orders-mute"
  alarm_description   = "Orders pile up"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  dimensions          = { QueueName = aws_sqs_queue.work.name }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 5
  threshold           = 600
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.work.arn]
  actions_enabled     = false
}

# Has no action of its own, because the composite alarm below speaks for it.
resource "aws_cloudwatch_metric_alarm" "mute_near" {
  alarm_name          = "shop-prod-orders-child"
  alarm_description   = "Orders pile up"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  dimensions          = { QueueName = aws_sqs_queue.work.name }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 5
  threshold           = 600
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
}

resource "aws_cloudwatch_composite_alarm" "mute" {
  alarm_name    = "shop-prod-orders"
  alarm_rule    = "ALARM(${aws_cloudwatch_metric_alarm.mute_near.alarm_name})"
  alarm_actions = [aws_sns_topic.work.arn]
}
