# The function no longer reads the queue of audit events.
# Source: https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
# Fault at: aws_lambda_event_source_mapping.audit_queue_unread_fault
# Near miss at: aws_lambda_event_source_mapping.audit_queue_unread_near

resource "aws_lambda_event_source_mapping" "audit_queue_unread_fault" {
  event_source_arn        = "arn:aws:sqs:::shop-prod-audit-events"
  function_name           = "shop-prod-orders-audit"
  enabled                 = false
  batch_size              = 10
  function_response_types = ["ReportBatchItemFailures"]
}

resource "aws_lambda_event_source_mapping" "audit_queue_unread_near" {
  event_source_arn        = "arn:aws:sqs:::shop-prod-audit-events"
  function_name           = "shop-prod-billing-audit"
  enabled                 = true
  batch_size              = 5
  function_response_types = ["ReportBatchItemFailures"]
}
