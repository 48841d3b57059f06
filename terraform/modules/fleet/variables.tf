variable "project" {
  description = "First part of every name."
  type        = string
  default     = "headgate"

  validation {
    condition     = can(regex("^[a-z0-9]{2,12}$", var.project))
    error_message = "The project is 2 to 12 characters of a-z and 0-9."
  }
}

variable "environment" {
  description = "Second part of every name: where the fleet itself runs."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9]{2,12}$", var.environment))
    error_message = "The environment is 2 to 12 characters of a-z and 0-9."
  }
}

variable "account_id" {
  description = "Account that the fleet runs in."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "An account id has twelve digits."
  }
}

variable "region" {
  description = "Region that the fleet runs in."
  type        = string
}

variable "zip_dir" {
  description = "Folder with {function}/bootstrap.zip, as cargo-lambda writes it."
  type        = string
}

variable "architecture" {
  description = "Instruction set of the zips."
  type        = string
  default     = "arm64"
}

variable "environments" {
  description = "Environments that changes are proposed for. Each names the one account and region that it may touch, what its gate asks for (so many people of these roles, seats for one role, who may vote besides when it takes too long, more for some lanes and reaches), the largest rise of the monthly bill in US cents, how long after its review a plan may be applied, and when: maintenance windows and freezes."
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
    error_message = "Name at least one environment."
  }

  validation {
    condition     = alltrue([for e in var.environments : !contains([e.name, e.class], "prod") || (e.gate.quorum >= 1 && e.gate.separation_of_duties)])
    error_message = "prod needs a quorum of at least 1 and separation of duties."
  }

  validation {
    condition     = alltrue(flatten([for e in var.environments : [for f in e.freezes : timecmp(f.from, f.until) < 0]]))
    error_message = "A freeze has from and until as RFC 3339 times, and begins before it ends."
  }

  validation {
    condition     = alltrue(flatten([for e in var.environments : [for w in e.windows : [for d in w.days : contains(["mon", "tue", "wed", "thu", "fri", "sat", "sun"], d)]]]))
    error_message = "Days of a window are mon, tue, wed, thu, fri, sat or sun."
  }
}

variable "team_policies" {
  description = "Folder with policies of your own (*.rego) and a settings.json, judged beside Headgate's. Try them first: headgate review PLAN.json --env NAME --policies FOLDER."
  type        = string
  default     = null
}

variable "change_link" {
  description = "Where a person sees a change, with {change} for its id: what notifications link to. It only shows."
  type        = string
  default     = null

  validation {
    condition     = var.change_link == null || can(regex("^https://.*\\{change\\}", var.change_link))
    error_message = "change_link begins with https:// and has {change} in it."
  }
}

variable "permit_seconds" {
  description = "How long a permit lives. Long enough to start an apply, short enough to be worth little when stolen."
  type        = number
  default     = 900

  validation {
    condition     = var.permit_seconds >= 1 && var.permit_seconds <= 900
    error_message = "A permit lives for 1 to 900 seconds."
  }
}

variable "agents" {
  description = "Agents that may propose on the bus: id => the role that it acts with, the person who answers for it, and the models that it runs with, by their names in `models` (any, if nothing is said: then an agent can say that it is another model)."
  type        = map(object({ role_arn = string, human_owner = string, models = optional(list(string)) }))
  default     = {}

  validation {
    condition     = alltrue([for id, _ in var.agents : can(regex("^[a-z0-9][a-z0-9-]{0,56}$", id))])
    error_message = "An agent id is made of a-z, 0-9 and -."
  }
}

variable "sources" {
  description = "Others that send on the bus: source => the role that they send with. What they may say follows from eval_requesters, signal_sources and the reporters of models."
  type        = map(string)
  default     = {}

  validation {
    condition     = !anytrue([for source, _ in var.sources : startswith(source, "agent.") || startswith(source, "headgate.")])
    error_message = "Agents are in `agents`, and headgate.* is the fleet."
  }
}

variable "models" {
  description = "Models that may be evaluated, by the name that requests use: who serves each, its price in US dollars for a million tokens, and how much of it may be used at a time. A secret is named here and filled with `headgate model-key`."
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
    error_message = "A model is served by one of bedrock, openai and external."
  }

  validation {
    condition     = alltrue([for name in keys(var.models) : can(regex("^[a-z0-9._-]{1,64}$", name))])
    error_message = "Names of models are small letters, digits, `.`, `-` and `_`."
  }

  validation {
    condition     = alltrue([for m in var.models : m.price.input >= 0 && m.price.output >= 0 && m.limits.concurrency >= 1 && m.limits.per_minute >= 1])
    error_message = "Prices are 0 or more, limits 1 or more."
  }

  validation {
    condition     = alltrue([for m in var.models : can(regex("^(https://|http://127\\.0\\.0\\.1[:/])", m.openai.base_url)) if m.openai != null])
    error_message = "A key is sent with TLS: base_url begins with https://."
  }

  validation {
    condition     = alltrue([for m in var.models : !startswith(m.external.reporter, "headgate.") if m.external != null])
    error_message = "A reporter from outside has a source of its own, not the fleet's."
  }
}

variable "evaluations" {
  description = "Evaluations that are made again and again, by name: the folder of a suite, who is asked, what it may cost, and when (monthly, if nothing is said)."
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
    error_message = "Candidates are models of `models`, or two of them joined by `+`."
  }

  validation {
    condition     = alltrue([for e in var.evaluations : e.ceiling_usd > 0 && e.ceiling_usd <= var.eval_max_usd])
    error_message = "An evaluation costs up to eval_max_usd."
  }

  validation {
    condition     = alltrue([for e in var.evaluations : fileexists("${e.suite}/suite.toml")])
    error_message = "A suite is a folder with suite.toml; try it with `headgate eval check`."
  }
}

variable "standing" {
  description = "Suites whose runs count for what models have earned, each with its version (`headgate eval check` says it), the lower limits of the share of solved tasks that buy a lane, and the lane of a model of which nothing is known."
  type = object({
    suites   = optional(map(string), {})
    dry_run  = optional(number, 0.4)
    execute  = optional(number, 0.75)
    unproven = optional(string, "execute")
  })
  default = {}

  validation {
    condition     = contains(["read_only", "dry_run", "execute"], var.standing.unproven)
    error_message = "unproven is read_only, dry_run or execute."
  }

  validation {
    condition     = 0 < var.standing.dry_run && var.standing.dry_run < var.standing.execute && var.standing.execute < 1
    error_message = "0 < dry_run < execute < 1."
  }
}

variable "eval_max_usd" {
  description = "The most that one evaluation may cost, in US dollars; requests name a ceiling up to this."
  type        = number
  default     = 20

  validation {
    condition     = var.eval_max_usd > 0
    error_message = "A ceiling is above 0."
  }
}

variable "eval_requesters" {
  description = "Sources on the bus, besides the fleet's own, whose evaluations are run and paid for."
  type        = list(string)
  default     = []
}

variable "signal_sources" {
  description = "Sources on the bus whose measurements (signal.recorded) are believed: an incident speaks against the models whose changes were applied in the two hours before."
  type        = list(string)
  default     = []
}

variable "eval_case_timeout_seconds" {
  description = "How long one case of an evaluation may take: all its calls, with waiting for a model's turn."
  type        = number
  default     = 300

  validation {
    condition     = var.eval_case_timeout_seconds >= 10 && var.eval_case_timeout_seconds <= 900
    error_message = "A case takes 10 to 900 seconds."
  }
}

variable "oidc" {
  description = "Whose tokens are believed. jwks is the https:// URL of the issuer's keys, or the keys themselves."
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
  description = "Longest run of a queue consumer. A message whose consumer dies is delivered again after six times as long."
  type        = number
  default     = 30

  validation {
    condition     = var.consumer_timeout_seconds >= 10
    error_message = "With less than 10 seconds a consumer begins no record: it leaves 5 for each and 2 to answer."
  }
}

variable "retry_base_seconds" {
  description = "Longest delay before a message is tried a second time. It doubles with each try, up to five minutes."
  type        = number
  default     = 5
}

variable "redrive_cap" {
  description = "How often a message may be sent out of quarantine again."
  type        = number
  default     = 3

  validation {
    condition     = var.redrive_cap >= 1
    error_message = "With fewer than 1 nothing could be redriven."
  }
}

variable "memory_mb" {
  description = "Memory of each function."
  type        = number
  default     = 256
}

variable "reserved_concurrency" {
  description = "Most invocations of one function at a time; -1 reserves none, for accounts with a low limit."
  type        = number
  default     = 10
}

variable "log_filter" {
  description = "What is logged."
  type        = string
  default     = "info"
}

variable "log_retention_days" {
  description = "Days that logs are kept."
  type        = number
  default     = 30
}

variable "quarantine_days" {
  description = "Days that bodies of quarantined messages are kept; null keeps them."
  type        = number
  default     = 90
}

variable "protect" {
  description = "Whether what holds data refuses to be deleted."
  type        = bool
  default     = true
}

variable "tls_only" {
  description = "Whether plain HTTP to the buckets is refused; an emulator speaks nothing else."
  type        = bool
  default     = true
}

variable "alarm_topic_arns" {
  description = "SNS topics that alarms go to."
  type        = list(string)
  default     = []
}
