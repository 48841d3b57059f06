output "arns" {
  description = "ARN of each secret, by name without prefix."
  value       = { for name, secret in aws_secretsmanager_secret.this : name => secret.arn }
}
