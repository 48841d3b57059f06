variable "account" {
  type = string
}

output "account" {
  value = var.account
}
