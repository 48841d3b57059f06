output "arn" {
  description = "ARN of the state machine. It is built from the name, so that other resources do not depend on the state machine."
  value       = local.arn
}
