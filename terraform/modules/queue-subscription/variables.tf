variable "name" {
  description = "Name of queue, rule and alarms: {project}-{environment}-{function}. The dead-letter queue is {name}-dlq."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9-]{3,60}$", var.name))
    error_message = "A name is 3 to 60 characters of a-z, 0-9 and -."
  }
}

variable "bus_name" {
  description = "Bus that the events come from."
  type        = string
}

variable "event_pattern" {
  description = "EventBridge pattern of the events to take. Match versions by prefix, so that none is missed."
  type        = any
}

variable "function_name" {
  description = "Function that consumes the queue."
  type        = string
}

variable "function_timeout_seconds" {
  description = "Timeout of that function."
  type        = number
}

variable "visibility_timeout_seconds" {
  description = "How long a received message is hidden. AWS asks for six times the function's timeout: a throttled batch is tried again within it."
  type        = number

  validation {
    condition     = var.visibility_timeout_seconds >= 6 * var.function_timeout_seconds
    error_message = "visibility_timeout_seconds must be at least 6 times function_timeout_seconds, or a message is delivered again while it is worked on."
  }
}

variable "max_receive_count" {
  description = "Tries before a message becomes a dead letter. Poison does not use them up. With the delays of shared/batch, eight tries last five minutes on average."
  type        = number
  default     = 8

  validation {
    condition     = var.max_receive_count >= 3
    error_message = "Fewer than 3 tries make dead letters of every hiccup."
  }
}

variable "maximum_concurrency" {
  description = "Most batches at a time; at most the function's reserved concurrency."
  type        = number
  default     = 5
}

variable "batch_size" {
  description = "Most messages that the function gets at a time. 1 where each may take as long as the function has."
  type        = number
  default     = 10

  validation {
    condition     = var.batch_size >= 1 && var.batch_size <= 10
    error_message = "A batch has 1 to 10 messages."
  }
}

variable "last_queue_name" {
  description = "Queue for dead letters that dlq-handler itself cannot take. Pass the resource's attribute: SQS wants it to exist."
  type        = string
}

variable "account_id" {
  description = "Account that the queue is in."
  type        = string
}

variable "region" {
  description = "Region that the queue is in."
  type        = string
}

variable "kms_key_arn" {
  description = "Key that messages are encrypted with."
  type        = string
}

variable "alarm_topic_arns" {
  description = "Where alarms go."
  type        = list(string)
  default     = []
}
