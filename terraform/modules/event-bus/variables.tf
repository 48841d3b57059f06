variable "name" {
  description = "Name of the bus and of its archive."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9-]{1,48}$", var.name))
    error_message = "name must be 1 to 48 characters from a-z, 0-9 and -. The name of an archive cannot be longer."
  }
}

variable "account_id" {
  description = "ID of the AWS account of the bus."
  type        = string
}

variable "region" {
  description = "AWS Region of the bus."
  type        = string
}

variable "kms_key_arn" {
  description = "ARN of the KMS key that encrypts events."
  type        = string
}

variable "fleet_role_arns" {
  description = "ARNs of the fleet's roles. Only these roles may use the sources headgate.*. A list, not a pattern: somebody who may create roles could give one a name that matches."
  type        = list(string)

  validation {
    condition     = length(var.fleet_role_arns) > 0 && !anytrue([for arn in var.fleet_role_arns : strcontains(arn, "*")])
    error_message = "fleet_role_arns needs at least one role, and no wildcards."
  }
}

variable "senders" {
  description = "Senders outside the fleet: source => IAM role that it uses, and patterns of the detail types that it may send."
  type        = map(object({ role_arn = string, detail_types = list(string) }))
  default     = {}

  validation {
    condition     = alltrue([for source, _ in var.senders : can(regex("^[a-z0-9][a-z0-9.-]{0,62}$", source)) && !startswith(source, "headgate.")])
    error_message = "A source must consist of a-z, 0-9, - and ., and must not begin with `headgate.`, which is reserved for the fleet."
  }
}

variable "archive_days" {
  description = "Days that events are kept for replay. 0 keeps them forever."
  type        = number
  default     = 90
}

variable "alarm_topic_arns" {
  description = "ARNs of SNS topics that receive alarms."
  type        = list(string)
  default     = []
}

variable "tags" {
  description = "Tags of every resource, in addition to the provider's default tags."
  type        = map(string)
  default     = {}
}
