variable "account_id" {
  description = "ID of the sandbox account. Terraform refuses to plan with credentials of any other account."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must have exactly 12 digits."
  }
}

variable "region" {
  description = "Region to deploy to."
  type        = string
}

variable "owner" {
  description = "Team that owns the deployment. Sets the tag Owner."
  type        = string
}

variable "zip_dir" {
  description = "Folder that contains {function}/bootstrap.zip for each function. `cargo xtask build --ship` writes to target/lambda-ship."
  type        = string
  default     = "../../../target/lambda-ship"
}

variable "architecture" {
  description = "Instruction set that the zips were built for: arm64 or x86_64."
  type        = string
  default     = "arm64"
}

variable "environments" {
  description = "Environments that changes can be proposed for. See `environments` in modules/fleet, which also validates them."
  type        = any

  # Terraform silently drops unknown attributes of an object type. Without this check, a misspelled `seats`
  # would be ignored.
  validation {
    condition = alltrue([for e in var.environments : length(setsubtract(keys(e), [
      "name", "class", "account", "region", "monthly_cost_limit_cents", "plan_max_age_seconds", "gate", "gate_rules", "windows", "freezes",
    ])) == 0])
    error_message = "An environment has an unknown attribute. Allowed: name, class, account, region, monthly_cost_limit_cents, plan_max_age_seconds, gate, gate_rules, windows, freezes."
  }

  validation {
    condition = alltrue([for e in var.environments : length(setsubtract(keys(e.gate), [
      "quorum", "roles", "seats", "escalations", "confirm", "separation_of_duties", "expires_in_seconds",
    ])) == 0])
    error_message = "A gate has an unknown attribute. Allowed: quorum, roles, seats, escalations, confirm, separation_of_duties, expires_in_seconds."
  }

  validation {
    condition = alltrue(flatten([for e in var.environments : [for r in try(e.gate_rules, []) : length(setsubtract(keys(r), [
      "lanes", "by_agent", "changes", "destroys", "people", "seats", "confirm",
    ])) == 0]]))
    error_message = "A gate rule has an unknown attribute. Allowed: lanes, by_agent, changes, destroys, people, seats, confirm."
  }
}

variable "agents" {
  description = "Agents that may propose changes on the bus: agent ID => IAM role that it uses, its human owner, and the models that it may use."
  type        = map(object({ role_arn = string, human_owner = string, models = optional(list(string)) }))
  default     = {}
}

# modules/fleet/variables.tf describes and validates the next variables.
variable "models" {
  description = "Models that may be evaluated, by name."
  type        = any
  default     = {}
}

variable "evaluations" {
  description = "Scheduled evaluations, by name."
  type        = any
  default     = {}
}

variable "standing" {
  description = "Suites whose runs affect the standing of models, and the limits for each lane."
  type        = any
  default     = {}
}

variable "eval_max_usd" {
  description = "Maximum cost of one evaluation, in US dollars."
  type        = number
  default     = 20
}

variable "eval_requesters" {
  description = "Sources on the bus that may request evaluations."
  type        = list(string)
  default     = []
}

variable "signal_sources" {
  description = "Sources on the bus that may record signals, such as incidents."
  type        = list(string)
  default     = []
}

variable "sources" {
  description = "Other senders on the bus: source => IAM role."
  type        = map(string)
  default     = {}
}

variable "oidc" {
  description = "Issuer whose tokens are accepted."
  type = object({
    issuer      = string
    audience    = string
    jwks        = string
    roles_claim = optional(string, "roles")
  })
}

variable "protect" {
  description = "Whether to protect data against deletion. See modules/fleet."
  type        = bool
  default     = true
}

variable "reserved_concurrency" {
  description = "Reserved concurrency of each function. -1 reserves none, for accounts with a low concurrency limit."
  type        = number
  default     = 10
}

variable "change_link" {
  description = "URL of your page for a change, with {change} in place of its ID. See modules/fleet."
  type        = string
  default     = null
}

variable "team_policies" {
  description = "Folder with your own policies. See modules/fleet."
  type        = string
  default     = null
}
