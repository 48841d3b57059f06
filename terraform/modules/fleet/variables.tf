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

variable "code" {
  description = "The functions to deploy. zip_dir: folder that contains {function}/bootstrap.zip for each function, as `cargo xtask build` creates it. architecture: instruction set that the zips were built for, arm64 or x86_64."
  type = object({
    zip_dir      = string
    architecture = optional(string, "arm64")
  })
}

variable "engagement_types" {
  description = "The team's own types of engagements, as in shared/core/engagements/types/delivery.json: name and phases, each with id, title, entry role, members (roles), limits, deliverables (templates), criteria and gate. `delivery` and `change-only` are built in. The function checks them when it starts."
  type        = any
  default     = []
}

variable "environments" {
  description = "Environments that changes can be proposed for. Each has the one account and region that its changes may touch; its gate (quorum, roles, seats for one role, escalations after a delay) and gate rules that require more for some changes; the maximum increase of the monthly bill, in US cents; the maximum age of a reviewed plan, in seconds; and maintenance windows and freezes. access: how applies get their credentials, from modules/environment-access; without it, executors use their own."
  type = list(object({
    name                     = string
    class                    = optional(string)
    account                  = string
    region                   = string
    monthly_cost_limit_cents = number
    plan_max_age_seconds     = optional(number, 86400)
    max_apply_seconds        = optional(number, 14400)
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
    access = optional(object({
      role_arn        = string
      external_id     = string
      session_seconds = optional(number, 900)
      widest          = optional(string, "exact")
      states          = optional(list(string), [])
      grants = optional(list(object({
        types     = optional(list(string), [])
        actions   = list(string)
        resources = optional(list(string), ["*"])
      })), [])
    }))
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
    condition     = alltrue([for e in var.environments : e.access == null || can(regex("^arn:[^:]+:iam::${e.account}:role/.+$", try(e.access.role_arn, "")))])
    error_message = "access.role_arn must be the ARN of a role in the account of its environment."
  }

  validation {
    condition     = alltrue([for e in var.environments : e.access == null || contains(["exact", "names", "services"], try(e.access.widest, ""))])
    error_message = "access.widest must be exact, names or services."
  }

  validation {
    condition     = alltrue([for e in var.environments : e.access == null || (try(e.access.session_seconds, 0) >= 900 && try(e.access.session_seconds, 0) <= min(3600, e.max_apply_seconds - 60))])
    error_message = "access.session_seconds must be 900 to 3600, and a minute less than max_apply_seconds: credentials must not outlive the lock."
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

variable "approvals" {
  description = "reminder_seconds: seconds between reminders. change_link: URL of a page that shows a change, with {change} in place of its ID; notifications link to it, and it has no other effect. permit_seconds: lifetime of a permit, long enough to start an apply, and short enough that a stolen permit is of little use."
  type = object({
    reminder_seconds = optional(number, 14400)
    change_link      = optional(string)
    permit_seconds   = optional(number, 900)
  })
  default = {}

  validation {
    condition     = var.approvals.change_link == null || can(regex("^https://.*\\{change\\}", var.approvals.change_link))
    error_message = "approvals.change_link must begin with https:// and contain {change}."
  }

  validation {
    condition     = var.approvals.permit_seconds >= 1 && var.approvals.permit_seconds <= 900
    error_message = "approvals.permit_seconds must be 1 to 900."
  }
}

variable "senders" {
  description = "Who may put events on the bus. agents: agents that may propose changes, agent ID => IAM role that it uses, its human owner, and the names of the models that it may use, at least one: its lane depends on the standing of the model. others: other sources => IAM role. evaluations: sources (`agent.<id>`, or a name from `others`) that may request evaluations, in addition to the fleet. signals: sources that may record signals (signal.recorded); an incident counts against the models whose changes were applied in the two hours before it."
  type = object({
    agents      = optional(map(object({ role_arn = string, human_owner = string, models = list(string) })), {})
    others      = optional(map(string), {})
    evaluations = optional(list(string), [])
    signals     = optional(list(string), [])
  })
  default = {}

  validation {
    condition     = alltrue([for id, _ in var.senders.agents : can(regex("^[a-z0-9][a-z0-9-]{0,56}$", id))])
    error_message = "An agent ID must begin with a-z or 0-9, consist of a-z, 0-9 and -, and have at most 57 characters."
  }

  validation {
    condition     = alltrue([for agent in var.senders.agents : length(agent.models) > 0])
    error_message = "An agent needs the names of the models that it runs with, at least one."
  }

  validation {
    condition     = alltrue([for agent in var.senders.agents : can(regex("^[!-~]{1,255}$", agent.human_owner)) && can(regex(var.oidc.principals, agent.human_owner))])
    error_message = "The human_owner of an agent must be a principal as your tokens name them: 1 to 255 visible ASCII characters that match oidc.principals."
  }

  validation {
    condition     = !anytrue([for source, _ in var.senders.others : startswith(source, "agent.") || startswith(source, "headgate.")])
    error_message = "A source must not begin with `agent.` or `headgate.`. Add agents to `senders.agents`; headgate.* is reserved for the fleet."
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
  description = "scheduled: evaluations by name, each with the folder of the suite, the candidates, the cost ceiling in US dollars, and the schedule (default: monthly). standing: which runs affect the standing of models; standing.suites: name => version, as `headgate eval check` prints it; standing.dry_run and standing.execute: a model earns the lane if the lower bound of the 95 % interval for its share of solved tasks is at least this value; standing.unproven: lane of a model that has no standing yet. max_usd: maximum cost of one evaluation, in US dollars; the ceiling of a request must not exceed it. case_timeout_seconds: time limit of one case; it includes all model calls and the time spent waiting for the throttle of a model."
  type = object({
    scheduled = optional(map(object({
      suite       = string
      candidates  = list(string)
      baseline    = optional(string)
      repeats     = optional(number)
      ceiling_usd = number
      minutes     = optional(number, 60)
      schedule    = optional(string, "cron(0 3 1 * ? *)")
      timezone    = optional(string, "UTC")
    })), {})
    standing = optional(object({
      suites   = optional(map(string), {})
      dry_run  = optional(number, 0.4)
      execute  = optional(number, 0.75)
      unproven = optional(string, "dry_run")
    }), {})
    max_usd              = optional(number, 20)
    case_timeout_seconds = optional(number, 300)
  })
  default = {}

  validation {
    condition     = alltrue([for e in var.evaluations.scheduled : length(e.candidates) > 0 && alltrue([for c in e.candidates : alltrue([for m in split("+", c) : contains(keys(var.models), m)])])])
    error_message = "Each candidate must be a name from `models`, or two of them joined by `+`."
  }

  validation {
    condition     = alltrue([for e in var.evaluations.scheduled : e.ceiling_usd > 0 && e.ceiling_usd <= var.evaluations.max_usd])
    error_message = "ceiling_usd must be above 0 and at most evaluations.max_usd."
  }

  validation {
    condition     = alltrue([for e in var.evaluations.scheduled : fileexists("${e.suite}/suite.toml")])
    error_message = "suite must be a folder that contains suite.toml. Check it with `headgate eval check`."
  }

  validation {
    condition     = contains(["read_only", "dry_run", "execute"], var.evaluations.standing.unproven)
    error_message = "evaluations.standing.unproven must be read_only, dry_run or execute."
  }

  validation {
    condition     = 0 < var.evaluations.standing.dry_run && var.evaluations.standing.dry_run < var.evaluations.standing.execute && var.evaluations.standing.execute < 1
    error_message = "evaluations.standing needs 0 < dry_run < execute < 1."
  }

  validation {
    condition     = var.evaluations.max_usd > 0
    error_message = "evaluations.max_usd must be above 0."
  }

  validation {
    condition     = var.evaluations.case_timeout_seconds >= 10 && var.evaluations.case_timeout_seconds <= 900
    error_message = "evaluations.case_timeout_seconds must be 10 to 900."
  }
}

variable "oidc" {
  description = "Issuer whose tokens are accepted. jwks: https:// URL of the issuer's keys, or the JWKS document itself. person: what shows that a person signed in, and not a program: a claim, and the values of it that count, such as amr and [\"mfa\"], or the id of a client that only people use; a token without it can neither vote nor delegate. principal_claim: claim that names the caller. principals: regular expression that the names of people match, so that an owner of an agent is not written in another form than tokens use. roles_claim: claim that lists the roles."
  type = object({
    issuer          = string
    audience        = string
    jwks            = string
    person          = object({ claim = string, values = list(string) })
    principal_claim = optional(string, "sub")
    principals      = optional(string, ".")
    roles_claim     = optional(string, "roles")
  })

  validation {
    condition     = var.oidc.person.claim != "" && length(var.oidc.person.values) > 0 && !contains(var.oidc.person.values, "")
    error_message = "oidc.person needs a claim and at least one value, none of them empty."
  }

  validation {
    condition     = startswith(var.oidc.jwks, "https://") || can(jsondecode(var.oidc.jwks).keys)
    error_message = "oidc.jwks must be an https:// URL or a JWKS document."
  }
}

variable "functions" {
  description = "consumer_timeout_seconds: timeout of a queue consumer; if the consumer dies, its messages are delivered again after six times as long. retry_base_seconds: maximum delay before the first retry of a message; it doubles with each retry, up to five minutes. memory_mb: memory of each function. reserved_concurrency: reserved concurrency of each function; -1 reserves none, for accounts with a low concurrency limit. recording: queues of metrics-finalizer, 1, 2, 4 or 8, each for a part of the engagements; how many batches of each it records at the same time, at least 2; the messages of a batch; and its memory, for fleets with more than 40 changes a second (docs/scaling.md). To change the number of queues of a running fleet, follow docs/operations.md#more-queues."
  type = object({
    consumer_timeout_seconds = optional(number, 30)
    retry_base_seconds       = optional(number, 5)
    memory_mb                = optional(number, 256)
    reserved_concurrency     = optional(number, 10)
    recording = optional(object({
      queues      = optional(number, 1)
      overlap     = optional(bool, false)
      concurrency = optional(number, 2)
      batch       = optional(number, 100)
      memory_mb   = optional(number, 512)
    }), {})
  })
  default = {}

  validation {
    condition     = var.functions.consumer_timeout_seconds >= 10
    error_message = "functions.consumer_timeout_seconds must be 10 or more. A consumer reserves 5 seconds for each record and 2 seconds for the batch response."
  }

  validation {
    condition     = contains([1, 2, 4, 8], var.functions.recording.queues) && var.functions.recording.concurrency >= 2
    error_message = "functions.recording.queues must be 1, 2, 4 or 8, and concurrency 2 or more, the least that Lambda accepts."
  }

  # Groups have a quarter of the timeout, and with little memory the function has little of a CPU.
  validation {
    condition     = var.functions.recording.batch <= 100 || var.functions.recording.memory_mb >= 1769
    error_message = "functions.recording.batch above 100 needs a memory_mb of 1769 or more, with which a function has a whole CPU."
  }
}

variable "quarantine" {
  description = "redrive_cap: maximum number of redrives per quarantined message. days: days that the bodies of quarantined messages are kept; 0 keeps them forever."
  type = object({
    redrive_cap = optional(number, 3)
    days        = optional(number, 90)
  })
  default = {}

  validation {
    condition     = var.quarantine.redrive_cap >= 1
    error_message = "quarantine.redrive_cap must be 1 or more. With 0, no message could be redriven."
  }
}

variable "logs" {
  description = "filter: log filter of the functions, such as info or debug. retention_days: days that logs are kept."
  type = object({
    filter         = optional(string, "info")
    retention_days = optional(number, 30)
  })
  default = {}
}

variable "edge" {
  description = "firewall: whether AWS WAF limits the requests of each address to the API; requests_per_address: that limit, in five minutes. access_logs: whether every request is logged. account_role: whether to create the role with which API Gateway writes logs; an account has one for all its APIs in a Region, so set it only if no other stack manages it. permit_limit: whether permits and heartbeats have a rate limit of their own. Emulators have no firewall and no such logs, and LocalStack keeps no limit for single methods."
  type = object({
    firewall             = optional(bool, true)
    requests_per_address = optional(number, 2000)
    access_logs          = optional(bool, true)
    account_role         = optional(bool, false)
    permit_limit         = optional(bool, true)
  })
  default = {}
}

variable "storage" {
  description = "For restores, see docs/operations.md#restoring-the-tables. suffix: end of the names of the restored ledger and metrics tables, for example r1. paused: whether the fleet stands still: consumers leave messages in their queues, schedules are off, and functions refuse every request."
  type = object({
    suffix = optional(string)
    paused = optional(bool, false)
  })
  default = {}

  validation {
    condition     = var.storage.suffix == null || can(regex("^[a-z0-9]{1,12}$", var.storage.suffix))
    error_message = "storage.suffix must be 1 to 12 characters from a-z and 0-9."
  }
}

variable "security" {
  description = "protect: whether to protect data with deletion protection for tables, no forced deletion of buckets, and recovery windows for secrets and the KMS key. tls_only: whether the buckets deny plain HTTP; false on an emulator, which supports only plain HTTP. permissions_boundary_arn: ARN of a policy that limits every role of the fleet, whatever its own policies allow; some organizations require one. table_writers: patterns of principals that may write the tables besides the fleet, such as a role for repairs; with protect, everybody else is denied. trail_bucket: name of a bucket, best in another account, in which CloudTrail records every write to the tables and to the transparency log; a write by anything but the fleet raises an alarm. permit_keys: names of keys in KMS for permits, so that nobody can read the private key; the first one signs, and permits of the others stay valid. With an empty list the key is in Secrets Manager."
  type = object({
    protect                  = optional(bool, true)
    tls_only                 = optional(bool, true)
    permissions_boundary_arn = optional(string)
    table_writers            = optional(list(string), [])
    trail_bucket             = optional(string)
    permit_keys              = optional(list(string), ["1"])
  })
  default = {}

  validation {
    condition     = alltrue([for name in var.security.permit_keys : can(regex("^[a-z0-9-]{1,20}$", name))])
    error_message = "Names in security.permit_keys must be 1 to 20 characters from a-z, 0-9 and -."
  }

  validation {
    condition     = length(distinct(var.security.permit_keys)) == length(var.security.permit_keys)
    error_message = "security.permit_keys must not contain a name twice."
  }
}

variable "record" {
  description = "The bucket of the transparency log. bucket: name of one that modules/log-bucket created in another account; by default the fleet creates one in its own, with lock_mode (COMPLIANCE: nobody can shorten it; GOVERNANCE: for trials) and lock_days for each version of an object, and reader_arns that may read it besides the fleet. memory_mb: memory of transparency-log, which checks every entry (docs/scaling.md)."
  type = object({
    bucket      = optional(string)
    lock_mode   = optional(string, "COMPLIANCE")
    lock_days   = optional(number, 365)
    reader_arns = optional(list(string), [])
    memory_mb   = optional(number, 256)
  })
  default = {}
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
