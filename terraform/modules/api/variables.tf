variable "name" {
  description = "Name of the API."
  type        = string
}

variable "stage" {
  description = "Name of the stage, the first part of every path."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9_]{1,32}$", var.stage))
    error_message = "A stage is 1 to 32 characters of a-z, 0-9 and _."
  }
}

variable "functions" {
  description = "The HTTP functions by name: intake-api, approval-gate-decide, query-api, dlq-api."
  type        = map(object({ name = string, invoke_arn = string }))

  validation {
    condition     = toset(keys(var.functions)) == toset(["intake-api", "approval-gate-decide", "query-api", "dlq-api"])
    error_message = "Exactly the four HTTP functions are routed to."
  }
}

variable "requests_per_second" {
  description = "Requests that are let through; what is over is answered 429."
  type        = number
  default     = 100
}
