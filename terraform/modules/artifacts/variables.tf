variable "name" {
  description = "Name of the bucket; unique among all of AWS, so it carries the account id."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9-]{3,63}$", var.name))
    error_message = "A bucket name is 3 to 63 characters of a-z, 0-9 and -."
  }
}

variable "kms_key_arn" {
  description = "Key that objects are encrypted with."
  type        = string
}

variable "expire_days" {
  description = "Days that objects are kept; null keeps them."
  type        = number
  default     = null
}

variable "force_destroy" {
  description = "Whether `terraform destroy` may delete objects with the bucket."
  type        = bool
  default     = false
}

variable "tls_only" {
  description = "Whether plain HTTP is refused; an emulator speaks nothing else."
  type        = bool
  default     = true
}
