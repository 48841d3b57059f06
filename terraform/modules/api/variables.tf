variable "name" {
  description = "Name of the API."
  type        = string
}

variable "stage" {
  description = "Name of the stage. It is the first part of every path."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9_]{1,32}$", var.stage))
    error_message = "stage must be 1 to 32 characters from a-z, 0-9 and _."
  }
}

variable "functions" {
  description = "The HTTP functions, by name: intake-api, approval-gate-decide, permits-api, query-api and dlq-api."
  type        = map(object({ name = string, invoke_arn = string }))

  validation {
    condition     = toset(keys(var.functions)) == toset(["intake-api", "approval-gate-decide", "permits-api", "query-api", "dlq-api"])
    error_message = "functions must contain exactly the HTTP functions of the API."
  }
}

variable "requests_per_second" {
  description = "Maximum requests per second. Requests above this rate receive status 429."
  type        = number
  default     = 100
}

variable "tags" {
  description = "Tags of every resource, in addition to the provider's default tags."
  type        = map(string)
  default     = {}
}
