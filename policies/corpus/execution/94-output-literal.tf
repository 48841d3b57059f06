# An output contains a password.
# Source: https://developer.hashicorp.com/terraform/language/values/outputs
# Fault at: output.secoutl_fault
# Near miss at: output.secoutl_near

output "secoutl_fault" {
  description = "Where the database is."
  value       = join("", ["postgres://shop:", "0eEALXu86E", "4a3tCIFSAB", "@db.shop.internal/orders"])
}

output "secoutl_near" {
  description = "Where the database is; the password is in Secrets Manager."
  value       = "postgres://shop@db.shop.internal/orders?sslmode=verify-full"
}
