variable "name" {
  description = "Name of the function, its role and its policy: {project}-{environment}-{function}."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9-]{3,64}$", var.name))
    error_message = "A function name is 3 to 64 characters of a-z, 0-9 and -."
  }
}

variable "zip" {
  description = "Path of the zip with the `bootstrap`."
  type        = string
}

variable "architecture" {
  description = "Instruction set that the bootstrap was built for."
  type        = string

  validation {
    condition     = contains(["x86_64", "arm64"], var.architecture)
    error_message = "Lambda runs x86_64 and arm64."
  }
}

variable "account_id" {
  description = "Account that the function is in."
  type        = string
}

variable "region" {
  description = "Region that the function is in."
  type        = string
}

variable "variables" {
  description = "Environment of the function. Never a secret: name the secret instead."
  type        = map(string)
  default     = {}
}

variable "statements" {
  description = "What the function may do: sid => actions, resources, and values that condition keys must equal."
  type = map(object({
    actions   = list(string)
    resources = list(string)
    equals    = optional(map(list(string)), {})
  }))
  default = {}

  validation {
    condition     = alltrue([for s in values(var.statements) : alltrue([for a in s.actions : !strcontains(a, "*")])])
    error_message = "Actions are listed one by one, without wildcards."
  }
}

variable "kms_key_arn" {
  description = "Key for logs, environment and what the function reads and writes."
  type        = string
}

variable "timeout_seconds" {
  description = "Longest run of one invocation."
  type        = number
  default     = 30

  validation {
    condition     = var.timeout_seconds >= 1 && var.timeout_seconds <= 900
    error_message = "Lambda allows 1 to 900 seconds."
  }
}

variable "memory_mb" {
  description = "Memory, and with it the share of a core. The functions use about 20 MB; 256 buys them CPU."
  type        = number
  default     = 256

  validation {
    condition     = var.memory_mb >= 128 && var.memory_mb <= 10240
    error_message = "Lambda allows 128 to 10240 MB."
  }
}

variable "reserved_concurrency" {
  description = "Most invocations at a time: a limit on cost, and on what a storm can do to the ledger."
  type        = number
  default     = 10
}

variable "log_retention_days" {
  description = "Days that logs are kept."
  type        = number
  default     = 30
}

variable "on_failure_arn" {
  description = "Queue for asynchronous invocations that failed for good; null for functions that are only called synchronously or through an event source mapping."
  type        = string
  default     = null
}

variable "alarm_topic_arns" {
  description = "Where alarms go."
  type        = list(string)
  default     = []
}
