variable "name" {
  description = "Name of the state machine and its role."
  type        = string
}

variable "account_id" {
  description = "Account that the state machine is in."
  type        = string
}

variable "region" {
  description = "Region that the state machine is in."
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
  description = "How long one wait is. At its end people are reminded; a decision whose wake-up was lost is found then at the latest."
  type        = number
  default     = 4 * 3600

  validation {
    condition     = var.slice_seconds >= 2 && var.slice_seconds <= 86400
    error_message = "A slice is 2 seconds to one day long."
  }
}

variable "total_timeout_seconds" {
  description = "Longest life of a workflow: longer than the longest approval of any environment and a slice, because expiry is the approval's, this is only the end of what hangs."
  type        = number

  validation {
    condition     = var.total_timeout_seconds > var.slice_seconds
    error_message = "total_timeout_seconds must be longer than slice_seconds."
  }
}

variable "kms_key_arn" {
  description = "Key that definition and execution history are encrypted with."
  type        = string
}

variable "alarm_topic_arns" {
  description = "Where alarms go."
  type        = list(string)
  default     = []
}
