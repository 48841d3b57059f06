mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:eu-central-1:123456789012:mocked" }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  name                       = "headgate-test-intake"
  bus_name                   = "headgate-test-bus"
  event_pattern              = { detail-type = [{ prefix = "change.proposed.v" }] }
  function_name              = "headgate-test-intake"
  function_timeout_seconds   = 30
  visibility_timeout_seconds = 180
  last_queue_name            = "last"
  sender_role_arns           = { queue = "arn:aws:iam::123456789012:role/redrive", dlq = "arn:aws:iam::123456789012:role/intake" }
  account_id                 = "123456789012"
  region                     = "eu-central-1"
  kms_key_arn                = "arn:aws:kms:eu-central-1:123456789012:key/1"
}

# SQS moves messages to a dead-letter queue whatever its policy says.
run "no_other_queue_has_these_as_its_dead_letter_queue" {
  assert {
    condition     = jsondecode(aws_sqs_queue.this["0"].redrive_allow_policy).redrivePermission == "denyAll"
    error_message = "SQS must move nothing into the consumer's queue."
  }

  assert {
    condition     = jsondecode(aws_sqs_queue.dlq.redrive_allow_policy) == { redrivePermission = "byQueue", sourceQueueArns = ["arn:aws:sqs:eu-central-1:123456789012:headgate-test-intake"] }
    error_message = "SQS must move nothing into the dead-letter queue but what comes from the consumer's queue."
  }
}

run "nothing_is_dropped" {
  assert {
    condition     = jsondecode(aws_sqs_queue.this["0"].redrive_policy).maxReceiveCount == 200 && jsondecode(aws_sqs_queue.dlq.redrive_policy).maxReceiveCount == 200
    error_message = "An outage of a day must not move messages to the dead-letter queue, or from there to the last queue."
  }

  assert {
    condition     = jsondecode(aws_sqs_queue.dlq.redrive_policy).deadLetterTargetArn == "arn:aws:sqs:eu-central-1:123456789012:last"
    error_message = "Messages that dlq-handler cannot process must go to the last queue."
  }

  assert {
    condition     = aws_cloudwatch_event_target.this["0"].dead_letter_config[0].arn == "arn:aws:sqs:eu-central-1:123456789012:headgate-test-intake-dlq"
    error_message = "The target must have a dead-letter queue."
  }

  assert {
    condition     = contains(aws_lambda_event_source_mapping.this["0"].function_response_types, "ReportBatchItemFailures")
    error_message = "One failed record must not fail its whole batch."
  }
}

run "eventbridge_and_sqs_keep_events_as_long_as_they_can" {
  assert {
    condition     = aws_cloudwatch_event_target.this["0"].retry_policy[0].maximum_event_age_in_seconds == 86400 && aws_cloudwatch_event_target.this["0"].retry_policy[0].maximum_retry_attempts == 185
    error_message = "EventBridge must retry the queue for a day, which is the most that it offers."
  }

  assert {
    condition     = aws_sqs_queue.this["0"].message_retention_seconds == 1209600
    error_message = "The queue must keep messages for 14 days, which is the most that SQS offers."
  }
}

run "a_lost_event_raises_an_alarm" {
  assert {
    condition     = aws_cloudwatch_metric_alarm.lost["0"].metric_name == "InvocationsFailedToBeSentToDlq" && aws_cloudwatch_metric_alarm.lost["0"].threshold == 0
    error_message = "An event that EventBridge cannot send to the dead-letter queue must raise an alarm."
  }
}

run "only_its_rule_may_send" {
  assert {
    condition = alltrue([
      for d in values(data.aws_iam_policy_document.this) :
      toset([for c in d.statement[1].condition : c.variable]) == toset(["aws:SourceArn", "aws:SourceAccount"])
    ])
    error_message = "Queue policies must have conditions on the rule and the account."
  }
}

# A role with sqs:SendMessage and the key could otherwise write any event in anybody's name.
run "everybody_else_in_the_account_is_denied" {
  assert {
    condition     = alltrue([for d in values(data.aws_iam_policy_document.this) : d.statement[0].effect == "Deny" && toset(d.statement[0].actions) == toset(["sqs:SendMessage"]) && one(d.statement[0].principals).identifiers == toset(["*"])])
    error_message = "Queue policies must deny SendMessage to everyone."
  }

  assert {
    condition = alltrue([for name, d in data.aws_iam_policy_document.this : {
      for c in d.statement[0].condition : c.variable => [c.test, one(c.values)]
      } == {
      "aws:PrincipalIsAWSService" = ["Bool", "false"]
      "aws:PrincipalArn"          = ["ArnNotEquals", "arn:aws:iam::123456789012:role/${name == "dlq" ? "intake" : "redrive"}"]
    }])
    error_message = "Only EventBridge and the one named role of each queue may be exempt from the denial."
  }
}

run "there_are_alarms" {
  assert {
    condition     = toset(keys(aws_cloudwatch_metric_alarm.this)) == toset(["dlq-depth", "dlq-in-flight", "oldest-message"])
    error_message = "Depth of the dead-letter queue and age of the oldest message must raise alarms."
  }
}

run "a_short_visibility_timeout_is_refused" {
  command = plan

  variables {
    visibility_timeout_seconds = 179
  }

  expect_failures = [var.visibility_timeout_seconds]
}

run "too_few_tries_are_refused" {
  command = plan

  variables {
    max_receive_count = 1
  }

  expect_failures = [var.max_receive_count]
}

run "a_paused_consumer_leaves_messages_in_the_queue" {
  variables {
    paused = true
  }

  assert {
    condition     = !aws_lambda_event_source_mapping.this["0"].enabled
    error_message = "The event source mapping must be disabled."
  }
}

# EventBridge keeps only one of two conditions for a field, so the key is one of its own.
run "each_event_is_in_one_queue" {
  variables {
    event_pattern = { detail-type = [{ prefix = "change." }], detail = { data = { revision = [1] } } }
    parts         = { queues = 4 }
  }

  assert {
    condition     = [for rule in values(aws_cloudwatch_event_rule.this) : rule.name] == ["headgate-test-intake", "headgate-test-intake-part-1", "headgate-test-intake-part-2", "headgate-test-intake-part-3"]
    error_message = "Each part needs a rule, and the first one keeps its name."
  }

  assert {
    condition     = jsondecode(aws_cloudwatch_event_rule.this["1"].event_pattern) == { detail-type = [{ prefix = "change." }], detail = { data = { revision = [1] }, partitionkey = ["01", "05", "09", "13"] } }
    error_message = "A part must take the events of its keys that match the pattern."
  }

  # The keys that the first queue leaves out are exactly those that the others take.
  assert {
    condition     = sort(jsondecode(aws_cloudwatch_event_rule.this["0"].event_pattern).detail.partitionkey[1].anything-but) == sort(flatten([for n in ["1", "2", "3"] : jsondecode(aws_cloudwatch_event_rule.this[n].event_pattern).detail.partitionkey]))
    error_message = "The first queue must take every key that no other takes."
  }

  assert {
    condition     = jsondecode(aws_cloudwatch_event_rule.this["0"].event_pattern).detail.partitionkey[0] == { exists = false }
    error_message = "The first queue must take events without a key."
  }

  assert {
    condition     = length(jsondecode(aws_sqs_queue.dlq.redrive_allow_policy).sourceQueueArns) == 4 && alltrue([for queue in values(aws_sqs_queue.this) : strcontains(queue.redrive_policy, "headgate-test-intake-dlq")])
    error_message = "All queues must have the one dead-letter queue, which must allow it."
  }

  assert {
    condition     = length(flatten([for c in data.aws_iam_policy_document.this["dlq"].statement[1].condition : c.values if c.variable == "aws:SourceArn"])) == 4 && one(flatten([for c in data.aws_iam_policy_document.this["2"].statement[1].condition : c.values if c.variable == "aws:SourceArn"])) == "arn:aws:events:eu-central-1:123456789012:rule/headgate-test-bus/headgate-test-intake-part-2"
    error_message = "Each queue must take events of its own rule only, and the dead-letter queue those of all of them."
  }

  assert {
    condition     = toset(keys(aws_cloudwatch_metric_alarm.this)) == toset(["dlq-depth", "dlq-in-flight", "oldest-message", "part-1-oldest-message", "part-2-oldest-message", "part-3-oldest-message"])
    error_message = "Each queue needs an alarm of its own."
  }
}

run "while_the_number_changes_the_first_queue_takes_everything" {
  variables {
    parts = { queues = 2, overlap = true }
  }

  assert {
    condition     = jsondecode(aws_cloudwatch_event_rule.this["0"].event_pattern) == { detail-type = [{ prefix = "change.proposed.v" }] }
    error_message = "No event may depend on the other rules."
  }
}

run "more_queues_than_a_dead_letter_queue_serves_are_refused" {
  command = plan

  variables {
    parts = { queues = 16 }
  }

  expect_failures = [var.parts]
}
