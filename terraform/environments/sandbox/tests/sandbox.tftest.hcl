mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "999999999999" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  account_id = "123456789012"
  region     = "eu-central-1"
  owner      = "platform"
  code       = { zip_dir = "../../modules/fleet/tests/zips" }
  oidc       = { issuer = "https://issuer.example.com/", audience = "headgate", jwks = "https://issuer.example.com/jwks.json", person = { claim = "amr", values = ["mfa"] } }
  environments = [{
    name                     = "sandbox"
    account                  = "123456789012"
    region                   = "eu-central-1"
    monthly_cost_limit_cents = 0
    gate                     = { quorum = 1, roles = ["approver"], separation_of_duties = true, expires_in_seconds = 7200 }
  }]
}

run "credentials_of_another_account_are_refused" {
  command = plan

  expect_failures = [data.aws_caller_identity.this]
}

# `cargo xtask test` checks the plan of this run: every queue, target and function must have its dead-letter
# queue and alarms.
run "the_whole_fleet" {
  command = plan

  override_data {
    target = data.aws_caller_identity.this
    values = { account_id = "123456789012" }
  }

  assert {
    condition     = length(module.fleet.functions) == 23
    error_message = "The fleet has an unexpected number of functions."
  }
}

run "an_account_id_has_twelve_digits" {
  command = plan

  variables {
    account_id = "sandbox"
  }

  expect_failures = [var.account_id]
}

run "a_misspelt_seat_is_no_seat" {
  command = plan

  override_data {
    target = data.aws_caller_identity.this
    values = { account_id = "123456789012" }
  }

  variables {
    environments = [{
      name                     = "sandbox"
      account                  = "123456789012"
      region                   = "eu-central-1"
      monthly_cost_limit_cents = 0
      gate                     = { quorum = 1, roles = ["approver"], seat = [], separation_of_duties = true, expires_in_seconds = 7200 }
    }]
  }

  expect_failures = [var.environments]
}

run "a_misspelt_group_is_refused" {
  command = plan

  override_data {
    target = data.aws_caller_identity.this
    values = { account_id = "123456789012" }
  }

  variables {
    senders     = { signal = ["ops.pager"] }
    security    = { protekt = false }
    evaluations = { standing = { unprovn = "dry_run" } }
  }

  expect_failures = [var.senders, var.security, var.evaluations]
}
