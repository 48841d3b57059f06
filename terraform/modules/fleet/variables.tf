variable "project" {
  description = "First part of every resource name."
  type        = string
  default     = "headgate"

  validation {
    condition     = can(regex("^[a-z0-9]{2,12}$", var.project))
    error_message = "project must be 2 to 12 characters from a-z and 0-9."
  }
}

variable "environment" {
  description = "Second part of every resource name: the environment that the fleet itself runs in."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9]{2,12}$", var.environment))
    error_message = "environment must be 2 to 12 characters from a-z and 0-9."
  }
}

variable "account_id" {
  description = "ID of the AWS account that the fleet runs in."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must have exactly 12 digits."
  }
}

variable "region" {
  description = "AWS Region that the fleet runs in."
  type        = string
}

variable "zip_dir" {
  description = "Folder that contains {function}/bootstrap.zip for each function, as `cargo xtask build` creates it."
  type        = string
}

variable "architecture" {
  description = "Instruction set that the zips were built for: arm64 or x86_64."
  type        = string
  default     = "arm64"
}

variable "environments" {
  description = "Environments that changes can be proposed for. Each has the one account and region that its changes may touch; its gate (quorum, roles, seats for one role, escalations after a delay) and gate rules that require more for some changes; the maximum increase of the monthly bill, in US cents; the maximum age of a reviewed plan, in seconds; and maintenance windows and freezes."
  type = list(object({
    name                     = string
    class                    = optional(string)
    account                  = string
    region                   = string
    monthly_cost_limit_cents = number
    plan_max_age_seconds     = optional(number, 86400)
    gate = object({
      quorum               = number
      roles                = list(string)
      separation_of_duties = bool
      expires_in_seconds   = number
      confirm              = optional(string)
      seats                = optional(list(object({ role = string, people = number })), [])
      escalations = optional(list(object({
        after_seconds = number
        role          = string
        stands_in_for = optional(string)
      })), [])
    })
    gate_rules = optional(list(object({
      lanes    = optional(list(string), [])
      by_agent = optional(bool)
      changes  = optional(number, 0)
      destroys = optional(number, 0)
      people   = optional(number, 0)
      seats    = optional(list(object({ role = string, people = number })), [])
      confirm  = optional(bool, false)
    })), [])
    windows = optional(list(object({
      days               = list(string)
      from               = string
      minutes            = number
      utc_offset_minutes = optional(number, 0)
    })), [])
    freezes = optional(list(object({
      from   = string
      until  = string
      reason = string
    })), [])
  }))

  validation {
    condition     = length(var.environments) > 0
    error_message = "environments must contain at least one environment."
  }

  validation {
    condition     = alltrue([for e in var.environments : !contains([e.name, e.class], "prod") || (e.gate.quorum >= 1 && e.gate.separation_of_duties)])
    error_message = "A production environment (name or class prod) needs a quorum of at least 1 and separation_of_duties = true."
  }

  validation {
    condition     = alltrue(flatten([for e in var.environments : [for f in e.freezes : timecmp(f.from, f.until) < 0]]))
    error_message = "A freeze needs from and until as RFC 3339 times, and from must be before until."
  }

  validation {
    condition     = alltrue(flatten([for e in var.environments : [for w in e.windows : [for d in w.days : contains(["mon", "tue", "wed", "thu", "fri", "sat", "sun"], d)]]]))
    error_message = "The days of a window must be mon, tue, wed, thu, fri, sat or sun."
  }
}

variable "team_policies" {
  description = "Folder with your own policies (*.rego) and an optional settings.json, in addition to Headgate's policies. To test them: headgate review PLAN.json --env NAME --policies FOLDER."
  type        = string
  default     = null
}

variable "change_link" {
  description = "URL of a page that shows a change, with {change} in place of its ID. Notifications link to it. It has no other effect."
  type        = string
  default     = null

  validation {
    condition     = var.change_link == null || can(regex("^https://.*\\{change\\}", var.change_link))
    error_message = "change_link must begin with https:// and contain {change}."
  }
}

variable "permit_seconds" {
  description = "Lifetime of a permit, in seconds. Long enough to start an apply, and short enough that a stolen permit is of little use."
  type        = number
  default     = 900

  validation {
    condition     = var.permit_seconds >= 1 && var.permit_seconds <= 900
    error_message = "permit_seconds must be 1 to 900."
  }
}

variable "agents" {
  description = "Agents that may propose changes on the bus: agent ID => IAM role that it uses, its human owner, and the models that it may use, by their names in `models`. Without `models`, any model is accepted, and an agent could claim to be another model."
  type        = map(object({ role_arn = string, human_owner = string, models = optional(list(string)) }))
  default     = {}

  validation {
    condition     = alltrue([for id, _ in var.agents : can(regex("^[a-z0-9][a-z0-9-]{0,56}$", id))])
    error_message = "An agent ID must begin with a-z or 0-9, consist of a-z, 0-9 and -, and have at most 57 characters."
  }
}

variable "sources" {
  description = "Other senders on the bus: source => IAM role that it uses. eval_requesters, signal_sources and the reporters of models determine which events each may send."
  type        = map(string)
  default     = {}

  validation {
    condition     = !anytrue([for source, _ in var.sources : startswith(source, "agent.") || startswith(source, "headgate.")])
    error_message = "A source must not begin with `agent.` or `headgate.`. Add agents to `agents`; headgate.* is reserved for the fleet."
  }
}

variable "models" {
  description = "Models that may be evaluated, by the name that requests use. Each has a provider, a price in US dollars per million tokens, and limits on concurrent calls and calls per minute. `secret` names a secret to create; store the API key in it with `headgate model-key set`."
  type = map(object({
    bedrock  = optional(object({ model_id = string, resources = list(string) }))
    openai   = optional(object({ base_url = string, model = string, secret = optional(string) }))
    external = optional(object({ reporter = string }))
    price    = object({ input = number, output = number })
    limits   = optional(object({ concurrency = number, per_minute = number }), { concurrency = 4, per_minute = 60 })
  }))
  default = {}

  validation {
    condition     = alltrue([for m in var.models : length([for s in [m.bedrock, m.openai, m.external] : s if s != null]) == 1])
    error_message = "A model needs exactly one of bedrock, openai and external."
  }

  validation {
    condition     = alltrue([for name in keys(var.models) : can(regex("^[a-z0-9._-]{1,64}$", name))])
    error_message = "The name of a model must be 1 to 64 characters from a-z, 0-9, `.`, `-` and `_`."
  }

  validation {
    condition     = alltrue([for m in var.models : m.price.input >= 0 && m.price.output >= 0 && m.limits.concurrency >= 1 && m.limits.per_minute >= 1])
    error_message = "Prices must be 0 or more, and limits 1 or more."
  }

  validation {
    condition     = alltrue([for m in var.models : can(regex("^(https://|http://127\\.0\\.0\\.1[:/])", m.openai.base_url)) if m.openai != null])
    error_message = "base_url must begin with https://, because API keys must be sent over TLS (http://127.0.0.1 is allowed for tests)."
  }

  validation {
    condition     = alltrue([for m in var.models : !startswith(m.external.reporter, "headgate.") if m.external != null])
    error_message = "external.reporter must not begin with `headgate.`, which is reserved for the fleet."
  }
}

variable "evaluations" {
  description = "Scheduled evaluations, by name: the folder of the suite, the candidates, the cost ceiling in US dollars, and the schedule (default: monthly)."
  type = map(object({
    suite       = string
    candidates  = list(string)
    baseline    = optional(string)
    repeats     = optional(number)
    ceiling_usd = number
    minutes     = optional(number, 60)
    schedule    = optional(string, "cron(0 3 1 * ? *)")
    timezone    = optional(string, "UTC")
  }))
  default = {}

  validation {
    condition     = alltrue([for e in var.evaluations : length(e.candidates) > 0 && alltrue([for c in e.candidates : alltrue([for m in split("+", c) : contains(keys(var.models), m)])])])
    error_message = "Each candidate must be a name from `models`, or two of them joined by `+`."
  }

  validation {
    condition     = alltrue([for e in var.evaluations : e.ceiling_usd > 0 && e.ceiling_usd <= var.eval_max_usd])
    error_message = "ceiling_usd must be above 0 and at most eval_max_usd."
  }

  validation {
    condition     = alltrue([for e in var.evaluations : fileexists("${e.suite}/suite.toml")])
    error_message = "suite must be a folder that contains suite.toml. Check it with `headgate eval check`."
  }
}

variable "standing" {
  description = "Which runs affect the standing of models. suites: name => version, as `headgate eval check` prints it. dry_run and execute: a model earns the lane if the lower end of the 95 % interval of its share of solved tasks is at least this value. unproven: lane of a model that has no standing yet."
  type = object({
    suites   = optional(map(string), {})
    dry_run  = optional(number, 0.4)
    execute  = optional(number, 0.75)
    unproven = optional(string, "execute")
  })
  default = {}

  validation {
    condition     = contains(["read_only", "dry_run", "execute"], var.standing.unproven)
    error_message = "standing.unproven must be read_only, dry_run or execute."
  }

  validation {
    condition     = 0 < var.standing.dry_run && var.standing.dry_run < var.standing.execute && var.standing.execute < 1
    error_message = "standing needs 0 < dry_run < execute < 1."
  }
}

variable "eval_max_usd" {
  description = "Maximum cost of one evaluation, in US dollars. The ceiling of a request must not exceed it."
  type        = number
  default     = 20

  validation {
    condition     = var.eval_max_usd > 0
    error_message = "eval_max_usd must be above 0."
  }
}

variable "eval_requesters" {
  description = "Sources on the bus, in addition to the fleet's own, that may request evaluations."
  type        = list(string)
  default     = []
}

variable "signal_sources" {
  description = "Sources on the bus that may record signals (signal.recorded). An incident counts against the models whose changes were applied in the two hours before it."
  type        = list(string)
  default     = []
}

variable "eval_case_timeout_seconds" {
  description = "Time limit of one evaluation case, in seconds. It includes all model calls and the time spent waiting for the throttle of a model."
  type        = number
  default     = 300

  validation {
    condition     = var.eval_case_timeout_seconds >= 10 && var.eval_case_timeout_seconds <= 900
    error_message = "eval_case_timeout_seconds must be 10 to 900."
  }
}

variable "oidc" {
  description = "Issuer whose tokens are accepted. jwks is the https:// URL of the issuer's keys, or the JWKS document itself."
  type = object({
    issuer      = string
    audience    = string
    jwks        = string
    roles_claim = optional(string, "roles")
  })

  validation {
    condition     = startswith(var.oidc.jwks, "https://") || can(jsondecode(var.oidc.jwks).keys)
    error_message = "oidc.jwks must be an https:// URL or a JWKS document."
  }
}

variable "approval_slice_seconds" {
  description = "Seconds between reminders."
  type        = number
  default     = 4 * 3600
}

variable "consumer_timeout_seconds" {
  description = "Timeout of a queue consumer, in seconds. If the consumer dies, its messages are delivered again after six times as long."
  type        = number
  default     = 30

  validation {
    condition     = var.consumer_timeout_seconds >= 10
    error_message = "consumer_timeout_seconds must be 10 or more. A consumer reserves 5 seconds for each record and 2 seconds for its answer."
  }
}

variable "retry_base_seconds" {
  description = "Maximum delay before the first retry of a message, in seconds. It doubles with each retry, up to five minutes."
  type        = number
  default     = 5
}

variable "redrive_cap" {
  description = "Maximum number of redrives per quarantined message."
  type        = number
  default     = 3

  validation {
    condition     = var.redrive_cap >= 1
    error_message = "redrive_cap must be 1 or more. With 0, no message could be redriven."
  }
}

variable "memory_mb" {
  description = "Memory of each function, in MB."
  type        = number
  default     = 256
}

variable "reserved_concurrency" {
  description = "Reserved concurrency of each function. -1 reserves none, for accounts with a low concurrency limit."
  type        = number
  default     = 10
}

variable "log_filter" {
  description = "Log filter of the functions, such as info or debug."
  type        = string
  default     = "info"
}

variable "log_retention_days" {
  description = "Days that logs are kept."
  type        = number
  default     = 30
}

variable "quarantine_days" {
  description = "Days that the bodies of quarantined messages are kept. null keeps them forever."
  type        = number
  default     = 90
}

variable "protect" {
  description = "Whether to protect data: deletion protection for tables, no forced deletion of buckets, and recovery windows for secrets and the KMS key."
  type        = bool
  default     = true
}

variable "tls_only" {
  description = "Whether the buckets deny plain HTTP. Set to false on an emulator, which supports only plain HTTP."
  type        = bool
  default     = true
}

variable "alarm_topic_arns" {
  description = "ARNs of SNS topics that receive alarms."
  type        = list(string)
  default     = []
}

variable "permissions_boundary_arn" {
  description = "ARN of a policy that limits every role of the fleet, whatever its own policies allow. Some organizations require one."
  type        = string
  default     = null
}
