output "arn" {
  description = "ARN of the state machine, built from its name: what it is passed to need not wait for it."
  value       = local.arn
}
