output "name" {
  description = "Name of the bus."
  value       = aws_cloudwatch_event_bus.this.name
}

output "arn" {
  description = "ARN of the bus."
  value       = aws_cloudwatch_event_bus.this.arn
}

output "fleet_role_arns" {
  description = "ARNs of the roles that may use the sources headgate.*."
  value       = var.fleet_role_arns
}
