variable "name" {
  description = "Name of the bucket. It must be globally unique, so it should contain the account ID."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.name))
    error_message = "name must be 3 to 63 characters from a-z, 0-9 and -."
  }
}

variable "writer_role_arn" {
  description = "ARN of the role of `transparency-log`. Nobody else can write, whatever their own policies allow."
  type        = string
}

variable "other_account" {
  description = "Whether the fleet is in another account than the bucket. Then the bucket's policy admits the writer."
  type        = bool
  default     = false
}

variable "reader_arns" {
  description = "ARNs of roles or accounts that may read the log, with all versions of its files: an auditor's, and from another account that of the fleet's `query-api`."
  type        = list(string)
  default     = []
}

variable "lock" {
  description = "How long each version of an object is locked. mode: COMPLIANCE (nobody can shorten it, the account's root included) or GOVERNANCE (for trials). days: after a write."
  type = object({
    mode = optional(string, "COMPLIANCE")
    days = optional(number, 365)
  })
  default = {}

  validation {
    condition     = contains(["COMPLIANCE", "GOVERNANCE"], var.lock.mode) && var.lock.days >= 1
    error_message = "lock.mode must be COMPLIANCE or GOVERNANCE, and lock.days at least 1."
  }
}

variable "force_destroy" {
  description = "Whether `terraform destroy` may delete a bucket that contains objects. Only with lock.mode = \"GOVERNANCE\"."
  type        = bool
  default     = false

  validation {
    condition     = !var.force_destroy || var.lock.mode == "GOVERNANCE"
    error_message = "A log under COMPLIANCE cannot be destroyed before its retention ends. Remove force_destroy."
  }
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
