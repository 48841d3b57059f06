mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/headgate-test-approval" }
  }

  mock_resource "aws_iam_policy" {
    defaults = { arn = "arn:aws:iam::123456789012:policy/headgate-test-approval" }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  name                  = "headgate-test-approval"
  account_id            = "123456789012"
  region                = "eu-central-1"
  open_function_name    = "open"
  open_function_arn     = "arn:aws:lambda:eu-central-1:123456789012:function:open"
  expire_function_name  = "expire"
  expire_function_arn   = "arn:aws:lambda:eu-central-1:123456789012:function:expire"
  slice_seconds         = 60
  total_timeout_seconds = 3600
  kms_key_arn           = "arn:aws:kms:eu-central-1:123456789012:key/1"
}

run "every_wait_has_an_end" {
  assert {
    condition     = jsondecode(aws_sfn_state_machine.this.definition).TimeoutSeconds == 3600
    error_message = "The workflow must have an explicit total timeout."
  }

  assert {
    condition = alltrue([
      for s in values(jsondecode(aws_sfn_state_machine.this.definition).States) : s.Type != "Task" || try(s.TimeoutSeconds > 0, false)
    ])
    error_message = "Each task must have an explicit timeout."
  }

  assert {
    condition     = jsondecode(aws_sfn_state_machine.this.definition).States.OpenGate.TimeoutSeconds == 60
    error_message = "A slice must end."
  }
}

run "only_a_timeout_ends_a_slice" {
  assert {
    condition     = jsondecode(aws_sfn_state_machine.this.definition).States.OpenGate.Catch[0] == { ErrorEquals = ["States.Timeout"], ResultPath = null, Next = "EndSlice" }
    error_message = "A slice that times out must continue with EndSlice, which reads the ledger."
  }

  assert {
    condition     = jsondecode(aws_sfn_state_machine.this.definition).States.OpenGate.Retry[0] == { ErrorEquals = ["States.Timeout"], MaxAttempts = 0 }
    error_message = "The end of a slice is no error to retry."
  }
}

run "no_error_ends_the_workflow" {
  assert {
    condition = alltrue([
      for s in values(jsondecode(aws_sfn_state_machine.this.definition).States) :
      s.Type != "Task" || try(jsondecode(aws_sfn_state_machine.this.definition).States[reverse(s.Catch)[0].Next].Type == "Wait" && contains(reverse(s.Catch)[0].ErrorEquals, "States.ALL"), false)
    ])
    error_message = "Every task must catch every error, and wait before it tries again."
  }

  assert {
    condition = alltrue([
      for s in values(jsondecode(aws_sfn_state_machine.this.definition).States) :
      s.Type != "Task" || try(reverse(s.Retry)[0].JitterStrategy == "FULL" && reverse(s.Retry)[0].BackoffRate > 1, false)
    ])
    error_message = "Every task must retry with backoff and jitter."
  }
}

run "nobody_waits_unseen" {
  assert {
    condition     = toset(keys(aws_cloudwatch_metric_alarm.this)) == toset(["timed-out", "failed"])
    error_message = "A workflow that times out or fails must raise an alarm."
  }

  assert {
    condition     = length(aws_cloudwatch_metric_alarm.tasks) == 2 && alltrue([for a in aws_cloudwatch_metric_alarm.tasks : a.metric_name == "ServiceIntegrationsFailed"])
    error_message = "Tasks that keep failing must raise an alarm, because they do not end the workflow."
  }
}

run "a_total_shorter_than_a_slice_is_refused" {
  command = plan

  variables {
    total_timeout_seconds = 30
  }

  expect_failures = [var.total_timeout_seconds]
}
