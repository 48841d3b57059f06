variable "name" {
  description = "Name of the table."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9-]{3,64}$", var.name))
    error_message = "name must be 3 to 64 characters from a-z, 0-9 and -."
  }
}

variable "listing" {
  description = "Whether to create the index `listing`, which lists items by time."
  type        = bool
  default     = false
}

variable "deletion_protection" {
  description = "Whether the table is protected against deletion."
  type        = bool
  default     = true
}

variable "kms_key_arn" {
  description = "ARN of the KMS key that encrypts items."
  type        = string
}

variable "writer_role_arns" {
  description = "ARNs of the roles that may write items, and patterns of others, such as a role for repairs. Everybody else is denied, whatever their own policies allow. Empty: no such policy."
  type        = list(string)
  default     = []
}

variable "tags" {
  description = "Tags of every resource, in addition to the provider's default tags."
  type        = map(string)
  default     = {}
}
