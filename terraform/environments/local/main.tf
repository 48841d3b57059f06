# The fleet on an emulator. AWS_ENDPOINT_URL is the address of the emulator; everything else is as on AWS.

provider "aws" {
  region                      = "us-east-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  s3_use_path_style           = true

  default_tags {
    tags = {
      Environment = "local"
      Project     = "headgate"
      Owner       = "platform"
      ManagedBy   = "terraform"
    }
  }
}

locals {
  account = "000000000000"
  region  = "us-east-1"

  # Applies get their credentials from the fleet.
  access = { role_arn = "arn:aws:iam::${local.account}:role/headgate-local-apply", external_id = "local-external-id" }

  # The demo's and the stories'. Each story about outcomes needs a model without any; there are some for repeated runs.
  agent_models = concat(["model-a", "small"], flatten([for name in ["worse", "watched"] : [for n in range(20) : "${name}-${n}"]]))

  # The built-in type, faster: its proof of concept takes too long at first, and a question is asked again after a second.
  delivery = jsondecode(file("${path.module}/../../../shared/core/engagements/types/delivery.json"))
  quick    = { poc = { timeout_seconds = 1, extended_timeout_seconds = 600 } }
  # The storm's: nobody is slow in it.
  patient = { handoffs = 9, iterations = 9, timeout_seconds = 86400, extended_timeout_seconds = 86400, turn_seconds = 300, window = 0, distinct_agents = 0, duration_seconds = 86400 }
  engagement_types = [
    {
      name   = "delivery-quick"
      phases = [for p in local.delivery.phases : merge(p, { limits = merge(p.limits, { remind_seconds = 1, tokens = 50000 }, lookup(local.quick, p.id, {})) })]
    },
    {
      name = "short"
      phases = [
        { id = "build", title = "Build", entry = "dev", members = ["dev"], limits = local.patient, gate = { quorum = 1, roles = ["approver"], separation_of_duties = true, expires_in_seconds = 86400 } },
        { id = "look", title = "Look", entry = "dev", members = ["dev"], limits = local.patient, gate = null },
      ]
    },
  ]
}

module "fleet" {
  source = "../../modules/fleet"

  environment   = "local"
  account_id    = local.account
  region        = local.region
  edge          = { firewall = false, access_logs = false, permit_limit = false }
  code          = { zip_dir = var.zip_dir, architecture = "x86_64" }
  functions     = { consumer_timeout_seconds = var.consumer_timeout_seconds, retry_base_seconds = 1, recording = { queues = 2 } }
  oidc          = { issuer = "https://tokens.headgate.local", audience = "headgate", jwks = var.jwks, person = { claim = "amr", values = ["user"] } }
  security      = { protect = false, tls_only = false, permit_keys = ["1", "2"] }
  record        = { lock_mode = "GOVERNANCE", lock_days = 1 }
  team_policies = "${path.module}/policies"
  quarantine    = { days = 0 } # no lifecycle rule: the provider waits a minute for one
  models        = local.models

  approvals = {
    reminder_seconds = var.approval_slice_seconds
    permit_seconds   = 45 # short enough for a story to see one expire, long enough for a slow emulator
  }

  evaluations = {
    case_timeout_seconds = 20                                                     # short, because a killed runner's case is delivered again after six times as long
    standing             = { suites = var.standing_suites, unproven = "execute" } # stories apply changes of models that nobody evaluated
  }

  senders = {
    agents = {
      terraform-bot = { role_arn = "arn:aws:iam::${local.account}:role/terraform-bot", human_owner = "dana", models = local.agent_models }
      pm-bot        = { role_arn = "arn:aws:iam::${local.account}:role/pm-bot", human_owner = "erin", models = ["model-a"] }
    }
    others      = { "ops.pager" = "arn:aws:iam::${local.account}:role/pager" }
    evaluations = ["agent.terraform-bot"]
    signals     = ["ops.pager"]
  }

  engagement_types = local.engagement_types

  # One of each kind: two approvers, one approver with a short expiry, no approver, a frozen one, another
  # account, a required seat, and an escalation.
  environments = concat([
    {
      name                     = "local"
      account                  = local.account
      region                   = local.region
      monthly_cost_limit_cents = 50000
      gate                     = { quorum = 2, roles = ["approver"], separation_of_duties = true, expires_in_seconds = 3600 }
      access                   = local.access
    },
    {
      name                     = "staging"
      account                  = local.account
      region                   = local.region
      monthly_cost_limit_cents = 20000
      gate                     = { quorum = 1, roles = ["approver"], separation_of_duties = true, expires_in_seconds = var.staging_expires_in_seconds }
    },
    {
      name                     = "dev"
      account                  = local.account
      region                   = local.region
      monthly_cost_limit_cents = 10000
      gate                     = { quorum = 0, roles = [], separation_of_duties = false, expires_in_seconds = 60 }
    },
    {
      name                     = "frozen"
      account                  = local.account
      region                   = local.region
      monthly_cost_limit_cents = 10000
      gate                     = { quorum = 0, roles = [], separation_of_duties = false, expires_in_seconds = 60 }
      freezes                  = [{ from = "2020-01-01T00:00:00Z", until = "2120-01-01T00:00:00Z", reason = "for a story" }]
    },
    {
      name                     = "prod"
      account                  = "111111111111"
      region                   = "eu-central-1"
      monthly_cost_limit_cents = 50000
      gate                     = { quorum = 2, roles = ["approver"], separation_of_duties = true, expires_in_seconds = 3600 }
    },
    {
      name                     = "committee"
      account                  = local.account
      region                   = local.region
      monthly_cost_limit_cents = 10000
      gate = {
        quorum               = 2
        roles                = ["approver"]
        seats                = [{ role = "security", people = 1 }]
        separation_of_duties = true
        expires_in_seconds   = 3600
      }
      gate_rules = [{ by_agent = true, confirm = true }]
    },
    {
      name                     = "escalating"
      account                  = local.account
      region                   = local.region
      monthly_cost_limit_cents = 10000
      gate = {
        quorum               = 1
        roles                = []
        seats                = [{ role = "security", people = 1 }]
        escalations          = [{ after_seconds = 3, role = "operator", stands_in_for = "security" }]
        separation_of_duties = true
        expires_in_seconds   = 3600
      }
    },
    ], [
    # Each story that locks an environment has its own.
    for name in ["unhurried", "busy", "workshop", "hanging", "stopped", "killed", "planfile", "watched", "scanned"] : {
      name                     = name
      account                  = local.account
      region                   = local.region
      monthly_cost_limit_cents = 10000
      gate                     = { quorum = 0, roles = [], separation_of_duties = false, expires_in_seconds = 60 }
    }
    ], [
    # Stories about credentials.
    for name in ["vended", "unbounded", "scoped", "broken"] : {
      name                     = name
      account                  = local.account
      region                   = local.region
      monthly_cost_limit_cents = 10000
      gate                     = { quorum = 0, roles = [], separation_of_duties = false, expires_in_seconds = 60 }
      access                   = local.access
    }
  ])
}
