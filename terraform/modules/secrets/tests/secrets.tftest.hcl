mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
}

variables {
  name_prefix = "headgate-test-"
  secrets     = { permit-key = "signs permits" }
  kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/1"
}

run "containers_without_values" {
  assert {
    condition     = aws_secretsmanager_secret.this["permit-key"].name == "headgate-test-permit-key"
    error_message = "The name of a secret must begin with the prefix."
  }

  assert {
    condition     = aws_secretsmanager_secret.this["permit-key"].kms_key_id == var.kms_key_arn
    error_message = "Secrets must be encrypted with the fleet's key."
  }
}

run "an_impossible_recovery_window_is_refused" {
  command = plan

  variables {
    recovery_window_days = 3
  }

  expect_failures = [var.recovery_window_days]
}

run "nothing_is_refused" {
  command = plan

  variables {
    secrets = {}
  }

  expect_failures = [var.secrets]
}
