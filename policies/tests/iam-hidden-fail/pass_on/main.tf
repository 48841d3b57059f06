variable "given" {
  description = "A document."
  type        = string
}

locals {
  given = var.given
}

output "direct" {
  value = var.given
}

output "local" {
  value = local.given
}

output "nothing" {
  value = "{}"
}
