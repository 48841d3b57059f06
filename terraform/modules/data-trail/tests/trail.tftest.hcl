mock_provider "aws" {}

variables {
  name             = "headgate-test-data"
  bucket           = "trails"
  table_arns       = ["arn:aws:dynamodb:eu-central-1:123456789012:table/headgate-test-ledger"]
  log_bucket_arn   = "arn:aws:s3:::headgate-test-log"
  writer_roles     = ["headgate-test-metrics-finalizer"]
  account_id       = "123456789012"
  alarm_topic_arns = ["arn:aws:sns:eu-central-1:123456789012:alarms"]
}

run "every_write_is_recorded_and_what_is_foreign_raises_an_alarm" {
  command = plan

  assert {
    condition = toset(flatten([for selector in aws_cloudtrail.this.advanced_event_selector : [
      for field in selector.field_selector : concat(tolist(coalesce(field.equals, [])), tolist(coalesce(field.starts_with, []))) if field.field == "resources.ARN"
    ]])) == toset([var.table_arns[0], "arn:aws:s3:::headgate-test-log/"])
    error_message = "The trail must have the tables and the log's objects, and nothing of another bucket whose name begins alike."
  }

  assert {
    condition     = alltrue([for selector in aws_cloudtrail.this.advanced_event_selector : anytrue([for field in selector.field_selector : field.field == "readOnly" && field.equals == tolist(["false"])])])
    error_message = "Only writes: the fleet reads far more often, and CloudTrail is paid by the event."
  }

  assert {
    condition     = aws_cloudtrail.this.enable_log_file_validation
    error_message = "A changed file of the trail must be found."
  }

  assert {
    condition     = jsondecode(aws_cloudwatch_event_rule.this["foreign-write"].event_pattern).detail["$or"][0].userIdentity.sessionContext.sessionIssuer.userName[0]["anything-but"][0] == var.writer_roles[0]
    error_message = "The rule must match roles that are not of the fleet."
  }

  assert {
    condition     = jsondecode(aws_cloudwatch_event_rule.this["foreign-write"].event_pattern).detail["$or"][2].userIdentity.sessionContext.sessionIssuer.userName[0].exists == false
    error_message = "The rule must match users and the account's root, who have no role."
  }

  assert {
    condition     = jsondecode(aws_cloudwatch_event_rule.this["foreign-write"].event_pattern).detail["$or"][1].userIdentity.accountId[0]["anything-but"][0] == var.account_id
    error_message = "A role of another account may have the same name."
  }

  assert {
    condition     = toset([for target in aws_cloudwatch_event_target.this : "${target.rule} ${target.arn}"]) == toset(["headgate-test-data-foreign-write ${var.alarm_topic_arns[0]}", "headgate-test-data-trail-changed ${var.alarm_topic_arns[0]}"])
    error_message = "Each topic must be told of both."
  }
}

run "a_change_of_the_permit_keys_raises_an_alarm" {
  command = plan

  variables {
    key_arns = ["arn:aws:kms:eu-central-1:123456789012:key/1"]
  }

  assert {
    condition     = jsondecode(aws_cloudwatch_event_rule.this["key-changed"].event_pattern).detail == { eventName = ["CreateGrant", "DisableKey", "PutKeyPolicy", "ScheduleKeyDeletion"], resources = { ARN = ["arn:aws:kms:eu-central-1:123456789012:key/1"] } }
    error_message = "Everything that lets somebody else sign must raise the alarm."
  }

  assert {
    condition     = length(aws_cloudwatch_event_target.this) == 3
    error_message = "Each topic must be told of it."
  }
}

run "a_pattern_that_eventbridge_refuses_is_refused_before" {
  command = plan

  variables {
    writer_roles = [for n in range(60) : "headgate-test-a-function-with-a-long-name-${n}"]
  }

  expect_failures = [aws_cloudwatch_event_rule.this["foreign-write"]]
}

run "without_a_table_it_would_record_all_tables" {
  command = plan

  variables {
    table_arns = []
  }

  expect_failures = [var.table_arns]
}
