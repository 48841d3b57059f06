variable "name" {
  description = "Name of the state machine, its role and its policy."
  type        = string
}

variable "account_id" {
  description = "ID of the AWS account of the state machine."
  type        = string
}

variable "region" {
  description = "AWS Region of the state machine."
  type        = string
}

variable "open_function_name" {
  description = "Name of approval-gate-open."
  type        = string
}

variable "open_function_arn" {
  description = "ARN of approval-gate-open."
  type        = string
}

variable "expire_function_name" {
  description = "Name of approval-gate-expire."
  type        = string
}

variable "expire_function_arn" {
  description = "ARN of approval-gate-expire."
  type        = string
}

variable "slice_seconds" {
  description = "Length of one slice of waiting, in seconds. At its end, approvers get a reminder, and the workflow finds a decision whose wake-up was lost."
  type        = number
  default     = 4 * 3600

  validation {
    condition     = var.slice_seconds >= 2 && var.slice_seconds <= 86400
    error_message = "slice_seconds must be 2 to 86400 (one day)."
  }
}

variable "total_timeout_seconds" {
  description = "Total timeout of a workflow, in seconds. It only ends a workflow that hangs, so it must be longer than the longest approval expiry of any environment plus one slice."
  type        = number

  validation {
    condition     = var.total_timeout_seconds > var.slice_seconds
    error_message = "total_timeout_seconds must be longer than slice_seconds."
  }
}

variable "kms_key_arn" {
  description = "ARN of the KMS key that encrypts the definition and the execution history."
  type        = string
}

variable "alarm_topic_arns" {
  description = "ARNs of SNS topics that receive alarms."
  type        = list(string)
  default     = []
}

variable "permissions_boundary_arn" {
  description = "ARN of a policy that limits the role of the workflow, whatever its own policies allow. Some organizations require one."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of every resource, in addition to the provider's default tags."
  type        = map(string)
  default     = {}
}
