# The archive of security events keeps them for a day.
# Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html
# Fault at: aws_cloudwatch_event_archive.event_archive_day_fault
# Near miss at: aws_cloudwatch_event_archive.event_archive_day_near

resource "aws_cloudwatch_event_archive" "event_archive_day_fault" {
  name             = "shop-prod-orders"
  event_source_arn = "arn:aws:events:::event-bus/shop-prod-security"
  retention_days   = 1
}

resource "aws_cloudwatch_event_archive" "event_archive_day_near" {
  name             = "shop-prod-billing"
  event_source_arn = "arn:aws:events:::event-bus/shop-prod-security"
  retention_days   = 0
}
