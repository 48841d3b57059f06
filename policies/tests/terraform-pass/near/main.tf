variable "name" {
  description = "Name of the shop."
  type        = string
}

output "name" {
  value = var.name
}
