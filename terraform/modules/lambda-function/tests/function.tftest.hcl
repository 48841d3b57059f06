mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/headgate-test-intake" }
  }

  mock_resource "aws_iam_policy" {
    defaults = { arn = "arn:aws:iam::123456789012:policy/headgate-test-intake" }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  name         = "headgate-test-intake"
  zip          = "./tests/empty.zip"
  code_bucket  = "headgate-test-code"
  architecture = "arm64"
  account_id   = "123456789012"
  region       = "eu-central-1"
  kms_key_arn  = "arn:aws:kms:eu-central-1:123456789012:key/1"
  statements = {
    Ledger = { actions = ["dynamodb:GetItem"], resources = ["arn:aws:dynamodb:eu-central-1:123456789012:table/ledger"] }
  }
}

run "a_new_zip_is_a_new_object" {
  assert {
    condition     = aws_s3_object.code.key == "headgate-test-intake/${filesha256("./tests/empty.zip")}.zip" && aws_lambda_function.this.s3_key == aws_s3_object.code.key
    error_message = "The key of the code must contain its digest, and the function must use it."
  }
}

run "limits_are_explicit" {
  assert {
    condition     = aws_lambda_function.this.timeout == 30 && aws_lambda_function.this.memory_size == 256 && aws_lambda_function.this.reserved_concurrent_executions == 10
    error_message = "Timeout, memory and reserved concurrency must be set."
  }

  assert {
    condition     = aws_cloudwatch_log_group.this.retention_in_days == 30 && aws_cloudwatch_log_group.this.kms_key_id == var.kms_key_arn
    error_message = "Logs must be encrypted and must expire."
  }
}

run "no_wildcards" {
  assert {
    condition     = alltrue([for s in data.aws_iam_policy_document.this.statement : alltrue([for a in s.actions : !strcontains(a, "*")])])
    error_message = "No action may have a wildcard."
  }

  assert {
    condition     = toset(keys(aws_cloudwatch_metric_alarm.this)) == toset(["errors", "throttles"])
    error_message = "Errors and throttles must raise alarms."
  }
}

run "a_destination_for_asynchronous_calls" {
  variables {
    on_failure_arn = "arn:aws:sqs:eu-central-1:123456789012:dlq"
  }

  assert {
    condition     = aws_lambda_function.this.dead_letter_config[0].target_arn == "arn:aws:sqs:eu-central-1:123456789012:dlq"
    error_message = "Events that fail after all retries must go to the dead-letter queue."
  }
}

run "wildcard_actions_are_refused" {
  command = plan

  variables {
    statements = { All = { actions = ["s3:*"], resources = ["arn:aws:s3:::b"] } }
  }

  expect_failures = [var.statements]
}

run "unknown_architectures_are_refused" {
  command = plan

  variables {
    architecture = "riscv"
  }

  expect_failures = [var.architecture]
}
