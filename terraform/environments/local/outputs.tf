output "boundary_arn" {
  description = "Permissions boundary of roles that applies create."
  value       = module.access.boundary_arn
}

output "fleet" {
  description = "Everything that a client needs to use the fleet."
  value       = module.fleet
}
