# The plan of this run is what `cargo xtask test` walks: nothing without a dead-letter queue or its alarms.
mock_provider "aws" {
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
    condition     = length(module.fleet.functions) == 15
    error_message = "Fifteen functions."
  }
}
