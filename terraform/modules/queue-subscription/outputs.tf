output "queue_arn" {
  description = "ARN of the queue."
  value       = local.queue_arn
}

output "dlq_arn" {
  description = "ARN of the dead-letter queue."
  value       = aws_sqs_queue.dlq.arn
}

output "dlq_name" {
  description = "Name of the dead-letter queue."
  value       = local.dlq_name
}

output "enabled" {
  description = "Whether the consumer reads the queue."
  value       = aws_lambda_event_source_mapping.this.enabled
}
