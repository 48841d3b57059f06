variable "name_prefix" {
  description = "Prefix of the secret names: {project}-{environment}-."
  type        = string
}

variable "secrets" {
  description = "Secrets to create: name => description."
  type        = map(string)

  validation {
    condition     = length(var.secrets) > 0
    error_message = "secrets must contain at least one secret. If none is needed, do not call this module."
  }
}

variable "kms_key_arn" {
  description = "ARN of the KMS key that encrypts the values."
  type        = string
}

variable "recovery_window_days" {
  description = "Days that a deleted secret can be restored. 0 deletes it at once."
  type        = number
  default     = 7

  validation {
    condition     = var.recovery_window_days == 0 || (var.recovery_window_days >= 7 && var.recovery_window_days <= 30)
    error_message = "recovery_window_days must be 0, or 7 to 30."
  }
}

variable "tags" {
  description = "Tags of every resource, in addition to the provider's default tags."
  type        = map(string)
  default     = {}
}
