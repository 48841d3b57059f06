output "bus_name" {
  description = "Name of the event bus. Agents propose changes on it."
  value       = module.bus.name
}

output "api_id" {
  description = "ID of the HTTP API."
  value       = module.api.id
}

output "api_url" {
  description = "URL of the HTTP API on AWS."
  value       = module.api.url
}

output "artifact_bucket" {
  description = "Name of the bucket for plans and evidence."
  value       = module.artifacts["artifacts"].name
}

output "quarantine_bucket" {
  description = "Name of the bucket for the bodies of quarantined messages."
  value       = module.artifacts["quarantine"].name
}

output "permits_role_arn" {
  description = "ARN of the role that assumes apply roles: `fleet.permits_role_arn` of modules/environment-access."
  value       = "arn:${data.aws_partition.this.partition}:iam::${var.account_id}:role/${module.function["permits-api"].name}"
}

output "permit_secret" {
  description = "ARN of the secret for the permit key, if `security.permit_keys` is empty. Fill it with `headgate keys init`."
  value       = lookup(module.secrets.arns, "permit-key", null)
}

output "permit_keys" {
  description = "ARN of each key in KMS for permits, by name."
  value       = { for name, key in aws_kms_key.permit : name => key.arn }
}

output "log_secret" {
  description = "ARN of the secret for the key of the transparency log. Fill it with `headgate log init`."
  value       = module.secrets.arns["log-key"]
}

output "log_bucket" {
  description = "Name of the bucket of the transparency log: `headgate timeline verify --log s3://NAME`."
  value       = local.log_bucket
}

output "model_secrets" {
  description = "ARN of the secret for each provider API key, by the name of the secret in `models`."
  value       = { for name in keys(local.model_secrets) : trimprefix(name, "model-") => module.secrets.arns[name] }
}

output "webhook_secret" {
  description = "ARN of the secret for webhook endpoints. Fill it with `headgate webhook add`."
  value       = module.secrets.arns["webhooks"]
}

output "state_machine_arn" {
  description = "ARN of the state machine of the approval workflow."
  value       = module.workflow.arn
}

output "tables" {
  description = "Names of the DynamoDB tables, by purpose."
  value       = { for key, table in module.ledger : key => table.name }
}

output "queues" {
  description = "ARNs of each consumer's queue and dead-letter queue, and of its other queues, if it has several."
  value       = { for name, s in module.subscription : name => merge({ queue = s.queue_arn, dlq = s.dlq_arn }, s.part_arns) }
}

output "key_arn" {
  description = "ARN of the KMS key for the fleet's data. An SNS topic for its alarms must use this key or no encryption."
  value       = aws_kms_key.this.arn
}

output "notification_topic_arn" {
  description = "ARN of the SNS topic for notifications. Subscribe email, chat or a pager to it."
  value       = aws_sns_topic.notifications.arn
}

output "functions" {
  description = "Full names of the functions, by short name."
  value       = { for key, f in module.function : key => f.name }

  precondition {
    # AWS allows 4 KB for all variables of a function together, and this is the largest one.
    condition     = length(local.environments_variable.HEADGATE_ENVIRONMENTS) <= 2500
    error_message = "`environments` is too large for the variables of a Lambda function. Remove freezes that are over, or shorten gates and windows."
  }
}
