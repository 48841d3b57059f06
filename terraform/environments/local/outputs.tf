output "fleet" {
  description = "All that a client needs."
  value       = module.fleet
}
