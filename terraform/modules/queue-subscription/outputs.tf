output "queue_arn" {
  description = "ARN of the queue; of the first one, if there are several."
  value       = "${local.sqs}:${var.name}"
}

output "part_arns" {
  description = "ARNs of the other queues, as `part-1`, `part-2` and so on."
  value       = { for n, queue in local.parts : "part-${n}" => "${local.sqs}:${queue}" if n != "0" }
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
  value       = alltrue([for mapping in aws_lambda_event_source_mapping.this : mapping.enabled])
}
