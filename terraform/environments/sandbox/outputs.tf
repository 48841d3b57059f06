output "fleet" {
  description = "Everything that a client needs to use the fleet."
  value       = module.fleet
}
