variable "name_prefix" {
  description = "Prefix of the names: {project}-{environment}-."
  type        = string
}

variable "secrets" {
  description = "Secrets to make room for: name => what it is for."
  type        = map(string)

  validation {
    condition     = length(var.secrets) > 0
    error_message = "Name at least one secret, or leave the module out."
  }
}

variable "kms_key_arn" {
  description = "Key that values are encrypted with."
  type        = string
}

variable "recovery_window_days" {
  description = "Days that a deleted secret can be restored; 0 deletes at once."
  type        = number
  default     = 7

  validation {
    condition     = var.recovery_window_days == 0 || (var.recovery_window_days >= 7 && var.recovery_window_days <= 30)
    error_message = "Secrets Manager allows 0, or 7 to 30 days."
  }
}
