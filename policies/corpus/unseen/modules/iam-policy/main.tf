variable "create" {
  description = "Whether the policy is created."
  type        = bool
  default     = true
}

variable "name" {
  description = "Name of the policy."
  type        = string
}

variable "policy" {
  description = "The policy document."
  type        = string
}

resource "aws_iam_policy" "this" {
  count = var.create ? 1 : 0

  name        = var.name
  description = "Managed by Terraform"
  policy      = var.policy
}

output "arn" {
  description = "ARN of the policy."
  value       = try(aws_iam_policy.this[0].arn, null)
}
