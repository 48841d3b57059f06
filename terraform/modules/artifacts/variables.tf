variable "name" {
  description = "Name of the bucket. It must be globally unique, so it should contain the account ID."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9-]{3,63}$", var.name))
    error_message = "name must be 3 to 63 characters from a-z, 0-9 and -."
  }
}

variable "kms_key_arn" {
  description = "ARN of the KMS key that encrypts objects."
  type        = string
}

variable "expire_days" {
  description = "Days until objects expire. null keeps them forever."
  type        = number
  default     = null
}

variable "force_destroy" {
  description = "Whether `terraform destroy` may delete a bucket that contains objects."
  type        = bool
  default     = false
}

variable "tls_only" {
  description = "Whether plain HTTP is denied. Set to false on an emulator, which supports only plain HTTP."
  type        = bool
  default     = true
}

variable "tags" {
  description = "Tags of every resource, in addition to the provider's default tags."
  type        = map(string)
  default     = {}
}
