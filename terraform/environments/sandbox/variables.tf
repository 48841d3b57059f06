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

# modules/fleet/variables.tf describes and validates these variables. Terraform silently drops unknown attributes of an
# object type, so their names are checked here.

variable "code" {
  description = "The functions to deploy: zip_dir and architecture. zip_dir defaults to target/lambda-ship, where `cargo xtask build --ship` writes."
  type        = any
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.code), ["zip_dir", "architecture"])) == 0
    error_message = "code has an unknown attribute. Allowed: zip_dir, architecture."
  }
}

variable "environments" {
  description = "Environments that changes can be proposed for. See `environments` in modules/fleet, which also validates them."
  type        = any

  # Terraform silently drops unknown attributes of an object type. Without this check, a misspelled `seats`
  # would be ignored.
  validation {
    condition = alltrue([for e in var.environments : length(setsubtract(keys(e), [
      "name", "class", "account", "region", "monthly_cost_limit_cents", "plan_max_age_seconds", "max_apply_seconds", "gate", "gate_rules", "windows", "freezes", "access",
    ])) == 0])
    error_message = "An environment has an unknown attribute. Allowed: name, class, account, region, monthly_cost_limit_cents, plan_max_age_seconds, max_apply_seconds, gate, gate_rules, windows, freezes, access."
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

  validation {
    condition     = alltrue([for e in var.environments : length(setsubtract(keys(try(e.access, {})), ["role_arn", "external_id", "session_seconds", "widest", "states", "grants"])) == 0])
    error_message = "access has an unknown attribute. Allowed: role_arn, external_id, session_seconds, widest, states, grants."
  }

  validation {
    condition     = alltrue(flatten([for e in var.environments : [for g in try(e.access.grants, []) : length(setsubtract(keys(g), ["types", "actions", "resources"])) == 0]]))
    error_message = "A grant has an unknown attribute. Allowed: types, actions, resources."
  }
}

variable "senders" {
  description = "Who may put events on the bus: agents and other sources, and what they may send."
  type        = any
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.senders), ["agents", "others", "evaluations", "signals"])) == 0
    error_message = "senders has an unknown attribute. Allowed: agents, others, evaluations, signals."
  }

  validation {
    condition     = alltrue([for a in values(try(var.senders.agents, {})) : length(setsubtract(keys(a), ["role_arn", "human_owner", "models"])) == 0])
    error_message = "An agent has an unknown attribute. Allowed: role_arn, human_owner, models."
  }
}

variable "models" {
  description = "Models that may be evaluated, by name."
  type        = any
  default     = {}
}

variable "evaluations" {
  description = "Scheduled evaluations, the standing of models, and limits."
  type        = any
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.evaluations), ["scheduled", "standing", "max_usd", "case_timeout_seconds"])) == 0
    error_message = "evaluations has an unknown attribute. Allowed: scheduled, standing, max_usd, case_timeout_seconds."
  }

  validation {
    condition     = length(setsubtract(keys(try(var.evaluations.standing, {})), ["suites", "dry_run", "execute", "unproven"])) == 0
    error_message = "evaluations.standing has an unknown attribute. Allowed: suites, dry_run, execute, unproven."
  }

  validation {
    condition     = alltrue([for e in values(try(var.evaluations.scheduled, {})) : length(setsubtract(keys(e), ["suite", "candidates", "baseline", "repeats", "ceiling_usd", "minutes", "schedule", "timezone"])) == 0])
    error_message = "A scheduled evaluation has an unknown attribute. Allowed: suite, candidates, baseline, repeats, ceiling_usd, minutes, schedule, timezone."
  }
}

variable "oidc" {
  description = "Issuer whose tokens are accepted."
  type = object({
    issuer          = string
    audience        = string
    jwks            = string
    person          = object({ claim = string, values = list(string) })
    principal_claim = optional(string, "sub")
    principals      = optional(string, ".")
    roles_claim     = optional(string, "roles")
  })
}

variable "approvals" {
  description = "Reminders, the link to your page for a change, and the lifetime of permits."
  type        = any
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.approvals), ["reminder_seconds", "change_link", "permit_seconds"])) == 0
    error_message = "approvals has an unknown attribute. Allowed: reminder_seconds, change_link, permit_seconds."
  }

  # A workflow keeps 25,000 events, about 13 for each reminder.
  validation {
    condition     = try(var.approvals.reminder_seconds, 14400) >= 1800
    error_message = "approvals.reminder_seconds must be 1800 or more."
  }
}

variable "functions" {
  description = "Timeouts, memory and concurrency of the functions."
  type        = any
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.functions), ["consumer_timeout_seconds", "retry_base_seconds", "memory_mb", "reserved_concurrency", "recording"])) == 0
    error_message = "functions has an unknown attribute. Allowed: consumer_timeout_seconds, retry_base_seconds, memory_mb, reserved_concurrency, recording."
  }
}

variable "quarantine" {
  description = "Limits of redrives, and how long quarantined messages are kept."
  type        = any
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.quarantine), ["redrive_cap", "days"])) == 0
    error_message = "quarantine has an unknown attribute. Allowed: redrive_cap, days."
  }
}

variable "logs" {
  description = "Filter and retention of the logs."
  type        = any
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.logs), ["filter", "retention_days"])) == 0
    error_message = "logs has an unknown attribute. Allowed: filter, retention_days."
  }
}

variable "edge" {
  description = "Firewall and access logs of the API. The role with which API Gateway writes logs is created by default; an account has one for all its APIs in a Region, so set account_role = false if another stack manages it."
  type        = any
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.edge), ["firewall", "requests_per_address", "access_logs", "account_role", "permit_limit"])) == 0
    error_message = "edge has an unknown attribute. Allowed: firewall, requests_per_address, access_logs, account_role, permit_limit."
  }
}

variable "storage" {
  description = "Names of restored tables, and whether the fleet stands still. See docs/operations.md#restoring-the-tables."
  type        = any
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.storage), ["suffix", "paused"])) == 0
    error_message = "storage has an unknown attribute. Allowed: suffix, paused."
  }
}

variable "record" {
  description = "The bucket of the transparency log. Here it is a trial by default: GOVERNANCE for a day. See modules/fleet."
  type        = any
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.record), ["bucket", "lock_mode", "lock_days", "reader_arns"])) == 0
    error_message = "record has an unknown attribute. Allowed: bucket, lock_mode, lock_days, reader_arns."
  }
}

variable "security" {
  description = "Protection against deletion, and the permissions boundary."
  type        = any
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.security), ["protect", "tls_only", "permissions_boundary_arn", "table_writers", "trail_bucket", "permit_keys"])) == 0
    error_message = "security has an unknown attribute. Allowed: protect, tls_only, permissions_boundary_arn, table_writers, trail_bucket, permit_keys."
  }
}

variable "team_policies" {
  description = "Folder with your own policies. See modules/fleet."
  type        = string
  default     = null
}
