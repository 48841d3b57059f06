variable "name" {
  description = "Name of the table."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9-]{3,64}$", var.name))
    error_message = "A table name is 3 to 64 characters of a-z, 0-9 and -."
  }
}

variable "listing" {
  description = "Whether items are listed by time, through the index `listing`."
  type        = bool
  default     = false
}

variable "deletion_protection" {
  description = "Whether the table refuses to be deleted."
  type        = bool
  default     = true
}

variable "kms_key_arn" {
  description = "Key that items are encrypted with."
  type        = string
}
