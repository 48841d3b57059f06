output "bus_name" {
  description = "Bus to propose on."
  value       = module.bus.name
}

output "api_id" {
  description = "Id of the HTTP API."
  value       = module.api.id
}

output "api_url" {
  description = "URL of the HTTP API on AWS."
  value       = module.api.url
}

output "artifact_bucket" {
  description = "Bucket for plans and evidence."
  value       = module.artifacts["artifacts"].name
}

output "quarantine_bucket" {
  description = "Bucket for bodies of quarantined messages."
  value       = module.artifacts["quarantine"].name
}

output "permit_secret" {
  description = "Secret that `headgate keys init` fills."
  value       = module.secrets.arns["permit-key"]
}

output "model_secrets" {
  description = "ARN of the secret of each provider's key, by its name in `models`."
  value       = { for name in keys(local.model_secrets) : trimprefix(name, "model-") => module.secrets.arns[name] }
}

output "webhook_secret" {
  description = "Secret that `headgate webhook add` fills."
  value       = module.secrets.arns["webhooks"]
}

output "state_machine_arn" {
  description = "The approval workflow."
  value       = module.workflow.arn
}

output "tables" {
  description = "Names of the tables."
  value       = { for key, table in module.ledger : key => table.name }
}

output "queues" {
  description = "ARNs of each consumer's queue and dead-letter queue."
  value       = { for name, s in module.subscription : name => { queue = s.queue_arn, dlq = s.dlq_arn } }
}

output "key_arn" {
  description = "Key of the fleet's data; a topic for its alarms must be encrypted with it, or not at all."
  value       = aws_kms_key.this.arn
}

output "notification_topic_arn" {
  description = "Topic to subscribe mail, chat or a pager to."
  value       = aws_sns_topic.notifications.arn
}

output "functions" {
  description = "Names of the functions."
  value       = { for key, f in module.function : key => f.name }

  precondition {
    # AWS allows 4 KB for all variables of a function together; these are the most of it.
    condition     = length(local.environments_variable.HEADGATE_ENVIRONMENTS) <= 2500
    error_message = "Environments with their gates, windows and freezes are longer than a function's variables may be; leave out past freezes."
  }
}
