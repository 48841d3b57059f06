variable "description" {
  description = "What the key is for."
  type        = string
}

resource "aws_kms_key" "this" {
  count                   = 1
  description             = var.description
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

output "key_arn" {
  description = "ARN of the key."
  value       = try(aws_kms_key.this[0].arn, null)
}
