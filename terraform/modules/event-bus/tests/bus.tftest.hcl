mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_resource "aws_cloudwatch_event_bus" {
    defaults = { arn = "arn:aws:events:eu-central-1:123456789012:event-bus/headgate-test-bus" }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  name            = "headgate-test-bus"
  account_id      = "123456789012"
  region          = "eu-central-1"
  kms_key_arn     = "arn:aws:kms:eu-central-1:123456789012:key/1"
  fleet_role_arns = ["arn:aws:iam::123456789012:role/headgate-test-intake"]
  senders = {
    "agent.terraform-bot" = {
      role_arn     = "arn:aws:iam::123456789012:role/terraform-bot"
      detail_types = ["change.proposed.v*"]
    }
  }
}

run "what_the_key_cannot_encrypt_is_kept_under_another_key" {
  assert {
    condition     = aws_cloudwatch_event_bus.this.dead_letter_config[0].arn == "arn:aws:sqs:eu-central-1:123456789012:headgate-test-bus-dlq"
    error_message = "The bus must have a dead-letter queue."
  }

  assert {
    condition     = aws_sqs_queue.dlq.sqs_managed_sse_enabled && aws_sqs_queue.dlq.kms_master_key_id == null
    error_message = "The dead-letter queue must not need the bus's key."
  }

  assert {
    condition     = aws_sqs_queue.dlq.message_retention_seconds == 1209600
    error_message = "Events must be kept for as long as SQS allows."
  }

  assert {
    condition = anytrue([
      for c in data.aws_iam_policy_document.dlq.statement[1].condition :
      c.variable == "aws:SourceArn" && contains(c.values, "arn:aws:events:eu-central-1:123456789012:event-bus/headgate-test-bus")
    ])
    error_message = "Only this bus may send to its dead-letter queue."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dlq.threshold == 0
    error_message = "One event in the dead-letter queue must raise an alarm."
  }
}

run "only_the_fleet_speaks_for_the_fleet" {
  assert {
    condition     = data.aws_iam_policy_document.this.statement[0].effect == "Deny"
    error_message = "The policy must bind the source headgate.* with a Deny statement."
  }

  assert {
    condition = anytrue([
      for c in data.aws_iam_policy_document.this.statement[0].condition :
      c.variable == "aws:PrincipalArn" && c.test == "ArnNotEquals" && toset(c.values) == toset(["arn:aws:iam::123456789012:role/headgate-test-intake"])
    ])
    error_message = "All roles except the fleet's own must be denied the source headgate.*."
  }
}

run "nobody_speaks_in_a_name_that_no_role_is_bound_to" {
  assert {
    condition     = data.aws_iam_policy_document.this.statement[1].effect == "Deny" && one([for c in data.aws_iam_policy_document.this.statement[1].condition : c if c.test == "StringNotLike" && c.variable == "events:source" && toset(c.values) == toset(["headgate.*", "agent.terraform-bot"])]) != null && length(data.aws_iam_policy_document.this.statement[1].condition) == 1
    error_message = "Sources that are not registered must be denied to everyone."
  }

  assert {
    condition     = data.aws_iam_policy_document.dlq.statement[0].effect == "Deny" && jsondecode(aws_sqs_queue.dlq.redrive_allow_policy).redrivePermission == "denyAll"
    error_message = "Only EventBridge may put anything into the dead-letter queue of the bus."
  }
}

run "an_agent_sends_as_itself_only" {
  assert {
    condition     = length(data.aws_iam_policy_document.this.statement) == 4
    error_message = "The policy must have one Deny and one Allow statement for each sender, in addition to the fleet's Deny statement and the one for sources that nobody registered."
  }

  assert {
    condition = anytrue([
      for c in data.aws_iam_policy_document.this.statement[2].condition :
      c.variable == "events:source" && contains(c.values, "agent.terraform-bot")
    ])
    error_message = "Other roles must be denied the agent's source."
  }
}

run "an_agent_says_only_what_it_may" {
  assert {
    condition = anytrue([
      for c in data.aws_iam_policy_document.this.statement[3].condition :
      c.variable == "events:detail-type" && length(c.values) == 1 && contains(c.values, "change.proposed.v*")
    ])
    error_message = "A sender must be limited to its own detail types."
  }
}

run "sources_are_checked" {
  command = plan

  variables {
    senders = { "Bad Id" = { role_arn = "x", detail_types = [] } }
  }

  expect_failures = [var.senders]
}

run "a_pattern_is_no_list_of_roles" {
  command = plan

  variables {
    fleet_role_arns = ["arn:aws:iam::123456789012:role/headgate-test-*"]
  }

  expect_failures = [var.fleet_role_arns]
}

run "nobody_is_given_the_fleets_sources" {
  command = plan

  variables {
    senders = { "headgate.intake-api" = { role_arn = "x", detail_types = [] } }
  }

  expect_failures = [var.senders]
}

run "events_are_kept_for_replays" {
  assert {
    condition     = aws_cloudwatch_event_archive.this.name == aws_cloudwatch_event_bus.this.name && aws_cloudwatch_event_archive.this.event_source_arn == aws_cloudwatch_event_bus.this.arn && aws_cloudwatch_event_archive.this.retention_days == 90 && aws_cloudwatch_event_archive.this.event_pattern == null
    error_message = "The archive must keep every event of the bus, for longer than a dead-letter queue keeps a message."
  }
}
