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
  description = "The HTTP functions, by name: intake-api, engagement-api, approval-gate-decide, permits-api, permits-heartbeat, query-api and dlq-api."
  type        = map(object({ name = string, invoke_arn = string }))

  validation {
    condition     = toset(keys(var.functions)) == toset(["intake-api", "engagement-api", "approval-gate-decide", "permits-api", "permits-heartbeat", "query-api", "dlq-api"])
    error_message = "functions must contain exactly the HTTP functions of the API."
  }
}

variable "requests_per_second" {
  description = "Maximum requests per second. Requests above this rate receive status 429."
  type        = number
  default     = 100
}

variable "permit_requests_per_second" {
  description = "Maximum requests per second for permits, their use, heartbeats and reports. It is a limit of its own, so that other requests cannot use it up."
  type        = number
  default     = 25
}

variable "edge" {
  description = "firewall: whether AWS WAF limits the requests of each address; requests_per_address: that limit, in five minutes. access_logs: whether every request is logged; log_retention_days, log_key_arn: how long, and with which KMS key. account_role: whether to create the role with which API Gateway writes logs; an account has one for all its APIs in a Region, so leave it out if another stack manages it. permit_limit: whether permits and heartbeats have a rate limit of their own; LocalStack keeps none for single methods."
  type = object({
    firewall             = optional(bool, true)
    requests_per_address = optional(number, 2000)
    access_logs          = optional(bool, true)
    log_retention_days   = optional(number, 30)
    log_key_arn          = optional(string)
    account_role         = optional(bool, false)
    permit_limit         = optional(bool, true)
  })
  default = {}

  validation {
    condition     = var.edge.requests_per_address >= 10
    error_message = "edge.requests_per_address must be 10 or more; AWS WAF has no lower limit."
  }
}

variable "permissions_boundary_arn" {
  description = "ARN of a policy that limits the role of account_role."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of every resource, in addition to the provider's default tags."
  type        = map(string)
  default     = {}
}
