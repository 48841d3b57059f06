# The whole fleet, with one environment that two people approve for. `terraform/environments/sandbox` is a complete root
# module with a state and a provider.

data "aws_caller_identity" "this" {}
data "aws_region" "this" {}

module "fleet" {
  source = "../.."

  environment = "tools"
  account_id  = data.aws_caller_identity.this.account_id
  region      = data.aws_region.this.name
  code        = { zip_dir = "target/lambda-ship" }
  logs        = { retention_days = 90 }
  tags        = { Team = "platform" }

  oidc = {
    issuer   = "https://login.example.com/"
    audience = "headgate"
    jwks     = "https://login.example.com/.well-known/jwks.json"
    # People sign in with a second factor; pipelines do not.
    person          = { claim = "amr", values = ["mfa"] }
    principal_claim = "email"
    principals      = "^[^@]+@example\\.com$"
  }

  senders = {
    agents = {
      terraform-bot = {
        role_arn    = "arn:aws:iam::${data.aws_caller_identity.this.account_id}:role/terraform-bot"
        human_owner = "dana@example.com"
        models      = ["claude-sonnet"]
      }
    }
  }

  environments = [{
    name                     = "prod"
    account                  = "210987654321"
    region                   = data.aws_region.this.name
    monthly_cost_limit_cents = 20000
    gate = {
      quorum               = 2
      roles                = ["approver"]
      separation_of_duties = true
      expires_in_seconds   = 86400
    }
  }]
}
