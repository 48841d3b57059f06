variable "name" {
  description = "Name of the queue and the rule, and prefix of the alarms: {project}-{environment}-{function}. The dead-letter queue is {name}-dlq."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9-]{3,60}$", var.name))
    error_message = "name must be 3 to 60 characters from a-z, 0-9 and -."
  }
}

variable "bus_name" {
  description = "Name of the event bus."
  type        = string
}

variable "event_pattern" {
  description = "EventBridge pattern of the events to consume. Match event versions by prefix, so that new versions also match."
  type        = any
}

variable "function_name" {
  description = "Name of the function that consumes the queue."
  type        = string
}

variable "function_timeout_seconds" {
  description = "Timeout of that function, in seconds."
  type        = number
}

variable "visibility_timeout_seconds" {
  description = "Visibility timeout of the queue, in seconds. AWS recommends at least six times the function's timeout, so that Lambda can retry a throttled batch within it."
  type        = number

  validation {
    condition     = var.visibility_timeout_seconds >= 6 * var.function_timeout_seconds
    error_message = "visibility_timeout_seconds must be at least 6 times function_timeout_seconds. Otherwise a message is delivered again while it is still being processed."
  }
}

variable "max_receive_count" {
  description = "Number of receives after which SQS itself moves a message to the dead-letter queue. The functions of the fleet send poison there at once, and a message that fails by itself after eight receives; this limit is for outages and crashes. With the backoff of shared/messaging/batch, 200 receives last about a day and a half."
  type        = number
  default     = 200

  validation {
    condition     = var.max_receive_count >= 3
    error_message = "max_receive_count must be 3 or more. With fewer, a short outage would turn messages into dead letters."
  }
}

variable "parts" {
  description = "queues: number of queues, 1, 2, 4 or 8. With more than one, an event goes to the queue of its `partitionkey` (`00` to `15`); without one, to the first. overlap: whether the first queue receives all events, also those of the other queues. Set it in an apply of its own before and while you change the number: EventBridge changes rules one by one, and an event that no rule matches is lost."
  type = object({
    queues  = optional(number, 1)
    overlap = optional(bool, false)
  })
  default = {}

  # A dead-letter queue serves at most ten queues.
  validation {
    condition     = contains([1, 2, 4, 8], var.parts.queues)
    error_message = "parts.queues must be 1, 2, 4 or 8."
  }

  # Rules of EventBridge have names of up to 64 characters.
  validation {
    condition     = var.parts.queues == 1 || length(var.name) <= 57
    error_message = "name must be 57 characters or fewer if there are several queues: the others are called {name}-part-{n}."
  }

  validation {
    condition     = var.parts.queues == 1 || !strcontains(jsonencode(var.event_pattern), "partitionkey")
    error_message = "event_pattern must not use partitionkey, because parts do."
  }
}

variable "maximum_concurrency" {
  description = "Maximum number of concurrent batches of each queue. All of them together must not exceed the function's reserved concurrency."
  type        = number
  default     = 5
}

variable "batch_size" {
  description = "Maximum number of messages per batch. Use 1 if a single message can take the function's whole timeout. For more than 10, Lambda waits up to a second for messages."
  type        = number
  default     = 10

  validation {
    condition     = var.batch_size >= 1 && var.batch_size <= 1000
    error_message = "batch_size must be 1 to 1000."
  }
}

variable "paused" {
  description = "Whether the consumer leaves all messages in the queue."
  type        = bool
  default     = false
}

variable "sender_role_arns" {
  description = "The only IAM roles that may send messages. queue: the role that redrives messages to the queue. dlq: the role of the consumer, which sends messages to the dead-letter queue that it cannot process."
  type        = object({ queue = string, dlq = string })
}

variable "last_queue_name" {
  description = "Name of the queue for dead letters that dlq-handler cannot process. Pass the attribute of the resource, because SQS requires that the queue exists."
  type        = string
}

variable "account_id" {
  description = "ID of the AWS account of the queue."
  type        = string
}

variable "region" {
  description = "AWS Region of the queue."
  type        = string
}

variable "kms_key_arn" {
  description = "ARN of the KMS key that encrypts messages."
  type        = string
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
