variable "account_id" {
  description = "The sandbox account; nothing is planned with credentials of any other."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "An account id has twelve digits."
  }
}

variable "region" {
  description = "Region to deploy to."
  type        = string
}

variable "owner" {
  description = "Team that owns the deployment, for the Owner tag."
  type        = string
}

variable "zip_dir" {
  description = "Folder with {function}/bootstrap.zip, from `cargo xtask build --ship`."
  type        = string
  default     = "../../../target/lambda"
}

variable "architecture" {
  description = "Instruction set that the zips were built for."
  type        = string
  default     = "arm64"
}

variable "environments" {
  description = "Environments that changes are proposed for; modules/fleet says what they look like, and checks it."
  type        = any

  # Terraform drops attributes that a type does not know without a word: a misspelt seat would be no seat.
  validation {
    condition = alltrue([for e in var.environments : length(setsubtract(keys(e), [
      "name", "class", "account", "region", "monthly_cost_limit_cents", "plan_max_age_seconds", "gate", "gate_rules", "windows", "freezes",
    ])) == 0])
    error_message = "An environment has name, class, account, region, monthly_cost_limit_cents, plan_max_age_seconds, gate, gate_rules, windows and freezes."
  }

  validation {
    condition = alltrue([for e in var.environments : length(setsubtract(keys(e.gate), [
      "quorum", "roles", "seats", "escalations", "confirm", "separation_of_duties", "expires_in_seconds",
    ])) == 0])
    error_message = "A gate has quorum, roles, seats, escalations, confirm, separation_of_duties and expires_in_seconds."
  }

  validation {
    condition = alltrue(flatten([for e in var.environments : [for r in try(e.gate_rules, []) : length(setsubtract(keys(r), [
      "lanes", "by_agent", "changes", "destroys", "people", "seats", "confirm",
    ])) == 0]]))
    error_message = "A gate rule has lanes, by_agent, changes, destroys, people, seats and confirm."
  }
}

variable "agents" {
  description = "Agents that may propose on the bus: id => the role that it acts with, the person who answers for it, and the models that it runs with."
  type        = map(object({ role_arn = string, human_owner = string, models = optional(list(string)) }))
  default     = {}
}

# What these are is written in modules/fleet/variables.tf, which also checks them.
variable "models" {
  description = "Models that may be evaluated, by name."
  type        = any
  default     = {}
}

variable "evaluations" {
  description = "Evaluations that are made again and again, by name."
  type        = any
  default     = {}
}

variable "standing" {
  description = "Suites whose runs count for what models have earned, and what that buys."
  type        = any
  default     = {}
}

variable "eval_max_usd" {
  description = "The most that one evaluation may cost, in US dollars."
  type        = number
  default     = 20
}

variable "eval_requesters" {
  description = "Sources on the bus whose evaluations are run and paid for."
  type        = list(string)
  default     = []
}

variable "signal_sources" {
  description = "Sources on the bus whose measurements are believed."
  type        = list(string)
  default     = []
}

variable "sources" {
  description = "Others that send on the bus: source => role."
  type        = map(string)
  default     = {}
}

variable "oidc" {
  description = "Whose tokens are believed."
  type = object({
    issuer      = string
    audience    = string
    jwks        = string
    roles_claim = optional(string, "roles")
  })
}

variable "protect" {
  description = "Whether tables and buckets refuse to be deleted."
  type        = bool
  default     = true
}

variable "reserved_concurrency" {
  description = "Most invocations of one function at a time; -1 in accounts whose limit is too low to reserve any."
  type        = number
  default     = 10
}

variable "change_link" {
  description = "Where a person sees a change, with {change} for its id; see modules/fleet."
  type        = string
  default     = null
}

variable "team_policies" {
  description = "Folder with policies of your own; see modules/fleet."
  type        = string
  default     = null
}
