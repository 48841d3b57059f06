# `cargo xtask test` checks the plan of this run: every queue, target and function must have its dead-letter
# queue and alarms.
mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  zip_dir = "../../modules/fleet/tests/zips"
  jwks    = "{\"keys\":[]}"
}

run "the_whole_fleet" {
  command = plan

  assert {
    condition     = length(module.fleet.functions) == 23
    error_message = "The fleet has an unexpected number of functions."
  }
}
