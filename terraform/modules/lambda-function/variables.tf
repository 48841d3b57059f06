variable "name" {
  description = "Name of the function, its role and its policy: {project}-{environment}-{function}."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9-]{3,64}$", var.name))
    error_message = "name must be 3 to 64 characters from a-z, 0-9 and -."
  }
}

variable "zip" {
  description = "Path of the zip that contains the file `bootstrap`."
  type        = string
}

variable "code_bucket" {
  description = "Name of the bucket to upload the zip to."
  type        = string
}

variable "architecture" {
  description = "Instruction set that the bootstrap was built for: arm64 or x86_64."
  type        = string

  validation {
    condition     = contains(["x86_64", "arm64"], var.architecture)
    error_message = "architecture must be x86_64 or arm64."
  }
}

variable "account_id" {
  description = "ID of the AWS account of the function."
  type        = string
}

variable "region" {
  description = "AWS Region of the function."
  type        = string
}

variable "variables" {
  description = "Environment variables of the function. Never pass a secret; pass the ARN of the secret instead."
  type        = map(string)
  default     = {}
}

variable "statements" {
  description = "Policy statements of the function: statement ID => actions, resources, values that condition keys must equal, and patterns that each value of a condition key must match."
  type = map(object({
    actions   = list(string)
    resources = list(string)
    equals    = optional(map(list(string)), {})
    all_like  = optional(map(list(string)), {})
  }))
  default = {}

  validation {
    condition     = alltrue([for s in values(var.statements) : alltrue([for a in s.actions : !strcontains(a, "*")])])
    error_message = "Actions must not contain wildcards. List each action."
  }

  validation {
    condition     = length(setintersection(keys(var.statements), ["Logs", "Key", "OnFailure"])) == 0
    error_message = "Logs, Key and OnFailure are IDs of the module's own statements. Give yours another ID."
  }
}

variable "kms_key_arn" {
  description = "ARN of the KMS key for logs, environment variables, and the data that the function reads and writes."
  type        = string
}

variable "timeout_seconds" {
  description = "Timeout of one invocation, in seconds."
  type        = number
  default     = 30

  validation {
    condition     = var.timeout_seconds >= 1 && var.timeout_seconds <= 900
    error_message = "timeout_seconds must be 1 to 900."
  }
}

variable "memory_mb" {
  description = "Memory in MB. CPU is proportional to memory: the functions use only about 20 MB, and 256 MB gives them more CPU."
  type        = number
  default     = 256

  validation {
    condition     = var.memory_mb >= 128 && var.memory_mb <= 10240
    error_message = "memory_mb must be 128 to 10240."
  }
}

variable "memory_reason" {
  description = "Why the function gets this memory. It becomes the description of the function."
  type        = string
  default     = "CPU is proportional to memory"
}

variable "reserved_concurrency" {
  description = "Reserved concurrency. Limits the cost, and the load on the ledger during a burst of messages. -1 reserves none."
  type        = number
  default     = 10
}

variable "log_retention_days" {
  description = "Days that logs are kept."
  type        = number
  default     = 30
}

variable "on_failure_arn" {
  description = "ARN of the dead-letter queue for asynchronous invocations. null for functions that are invoked only synchronously or through an event source mapping."
  type        = string
  default     = null
}

variable "alarm_topic_arns" {
  description = "ARNs of SNS topics that receive alarms."
  type        = list(string)
  default     = []
}

variable "permissions_boundary_arn" {
  description = "ARN of a policy that limits the role of the function, whatever its own policies allow. Some organizations require one."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of every resource, in addition to the provider's default tags."
  type        = map(string)
  default     = {}
}
