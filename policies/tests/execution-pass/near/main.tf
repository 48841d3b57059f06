output "name" {
  description = "Name of the module."
  value       = "near"
}
