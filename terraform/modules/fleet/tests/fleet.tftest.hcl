mock_provider "aws" {
  # Nothing is applied, so values that AWS would make up are there as soon as there is a plan.
  override_during = plan

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:eu-central-1:123456789012:key/1" }
  }
  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:eu-central-1:123456789012:mocked" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/mocked" }
  }
  mock_resource "aws_iam_policy" {
    defaults = { arn = "arn:aws:iam::123456789012:policy/mocked" }
  }
  mock_resource "aws_lambda_function" {
    defaults = {
      arn        = "arn:aws:lambda:eu-central-1:123456789012:function:mocked"
      invoke_arn = "arn:aws:apigateway:eu-central-1:lambda:path/mocked"
    }
  }
  mock_resource "aws_cloudwatch_event_bus" {
    defaults = { arn = "arn:aws:events:eu-central-1:123456789012:event-bus/mocked" }
  }
  mock_resource "aws_dynamodb_table" {
    defaults = { arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/mocked" }
  }
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::mocked" }
  }
  mock_resource "aws_secretsmanager_secret" {
    defaults = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:mocked" }
  }
  mock_resource "aws_api_gateway_stage" {
    defaults = { arn = "arn:aws:apigateway:eu-central-1::/restapis/abc/stages/test" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:x" }
  }
  mock_resource "aws_wafv2_web_acl" {
    defaults = { arn = "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/x/1" }
  }
  mock_resource "aws_api_gateway_rest_api" {
    defaults = { execution_arn = "arn:aws:execute-api:eu-central-1:123456789012:abc" }
  }
  mock_resource "aws_s3_bucket_versioning" {
    defaults = {}
  }
  mock_resource "aws_s3_bucket_object_lock_configuration" {
    defaults = {}
  }
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:eu-central-1:123456789012:mocked" }
  }
  mock_resource "aws_sfn_state_machine" {
    defaults = { arn = "arn:aws:states:eu-central-1:123456789012:stateMachine:mocked" }
  }
  mock_resource "aws_scheduler_schedule_group" {
    defaults = { arn = "arn:aws:scheduler:eu-central-1:123456789012:schedule-group/mocked" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  environment = "test"
  account_id  = "123456789012"
  region      = "eu-central-1"
  code        = { zip_dir = "./tests/zips" }
  oidc        = { issuer = "https://issuer.example.com/", audience = "headgate", jwks = "https://issuer.example.com/jwks.json", person = { claim = "amr", values = ["mfa"] } }
  environments = [{
    name                     = "dev"
    account                  = "123456789012"
    region                   = "eu-central-1"
    monthly_cost_limit_cents = 0
    gate                     = { quorum = 1, roles = ["approver"], separation_of_duties = true, expires_in_seconds = 7200 }
  }]
}

# Each run plans all of the fleet, which takes seconds, so the tests of the same fleet share one.
run "the_fleet" {
  command = plan

  # All of the fleet is there.
  assert {
    condition     = length(module.function) == 23
    error_message = "The fleet has an unexpected number of functions."
  }

  assert {
    condition     = toset(keys(aws_lambda_event_source_mapping.dead_letters)) == toset(keys(module.subscription))
    error_message = "dlq-handler must consume every dead-letter queue."
  }

  assert {
    condition     = alltrue([for name, f in local.functions : alltrue([for sid, s in f.statements : !contains(s.resources, "*") || sid == "Wake"])])
    error_message = "Only SendTaskSuccess, which does not support resource ARNs, may use the resource *."
  }

  assert {
    condition     = alltrue([for f in values(local.functions) : alltrue([for k, v in f.variables : !strcontains(lower(k), "password")])])
    error_message = "A function's environment variables must not contain a secret."
  }

  # The fleet's roles are a list. A name prefix would let anybody who may create roles speak for the fleet.
  assert {
    condition     = toset(module.bus.fleet_role_arns) == toset([for name in concat(tolist(setsubtract(keys(local.functions), ["query-api", "permits-heartbeat", "transparency-log"])), ["scheduler"]) : "arn:aws:iam::123456789012:role/headgate-test-${name}"])
    error_message = "Exactly the roles of the functions that publish, and that of the scheduler, may speak for the fleet."
  }

  assert {
    condition     = alltrue([for c in data.aws_iam_policy_document.last.statement[0].condition : c.test == "ArnNotEquals" && one(c.values) == "arn:aws:iam::123456789012:role/headgate-test-scheduler"])
    error_message = "Only the scheduler may send to the last queue."
  }

  # Each role has what its function does.
  assert {
    condition     = [for name, f in local.functions : name if contains(keys(f.variables), "HEADGATE_PERMIT_KEYS")] == ["permits-api"] && !contains(keys(local.functions["permits-api"].variables), "HEADGATE_PERMIT_SECRET") && output.permit_secret == null
    error_message = "The deployment says which keys sign permits, and no secret can name another one."
  }

  assert {
    condition     = [for name, f in local.functions : name if contains(flatten([for s in values(f.statements) : s.actions]), "kms:Sign")] == ["permits-api"]
    error_message = "Only permits-api may sign."
  }

  # The administrators of the account cannot sign without a change of this policy.
  assert {
    condition     = [for s in data.aws_iam_policy_document.permit_key.statement : s.sid if contains(s.actions, "kms:Sign") || anytrue([for a in s.actions : strcontains(a, "*") || a == "kms:CreateGrant"])] == ["Sign"]
    error_message = "Only one statement of the key policy may allow signing."
  }

  assert {
    condition     = [for c in data.aws_iam_policy_document.permit_key.statement[1].condition : [c.test, c.variable, one(c.values)]] == [["ArnEquals", "aws:PrincipalArn", "arn:aws:iam::123456789012:role/headgate-test-permits-api"]]
    error_message = "The key policy must let only permits-api sign."
  }

  assert {
    condition     = alltrue([for key in values(aws_kms_key.permit) : key.customer_master_key_spec == "ECC_NIST_P256" && key.key_usage == "SIGN_VERIFY"])
    error_message = "KMS must hold the keys that sign permits."
  }

  assert {
    condition     = alltrue(flatten([for s in values(local.functions["query-api"].statements) : [for a in s.actions : contains(["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query", "s3:GetObject", "s3:ListBucket"], a)]]))
    error_message = "query-api may only read."
  }

  assert {
    condition     = alltrue([for name in ["approval-gate-open", "approval-gate-expire", "approval-gate-decide"] : contains(local.functions[name].statements["Publish"].equals["events:source"], "headgate.approval-gate-decide")])
    error_message = "Functions of the gate must be able to publish a decision that another one committed."
  }

  assert {
    condition     = toset(local.functions["permits-api"].statements["Publish"].equals["events:source"]) == toset(["headgate.permits-api"])
    error_message = "permits-api publishes as itself only."
  }

  assert {
    condition = (
      keys(local.functions["permits-heartbeat"].statements) == ["Locks", "Permits"]
      && local.functions["permits-heartbeat"].statements["Permits"].actions == ["dynamodb:GetItem"]
      && local.functions["permits-heartbeat"].statements["Locks"].all_like["dynamodb:LeadingKeys"] == ["ENVIRONMENT#*"]
      && module.function["permits-heartbeat"].name != module.function["permits-api"].name
    )
    error_message = "permits-heartbeat reads the ledger and writes the locks of environments, nothing else."
  }

  # Every function outlives a call that hangs.
  assert {
    condition     = alltrue([for f in values(local.functions) : f.timeout >= 2 * 15 - 1])
    error_message = "A call of the AWS SDK may take 15 seconds; a function must outlive it, and have time for the rest of its work."
  }

  # Nobody but the log writes the log.
  assert {
    condition     = [for name, own in local.functions : name if contains(flatten([for s in values(own.statements) : s.resources if contains(s.actions, "s3:PutObject")]), "${local.log_bucket_arn}/checkpoint")] == ["transparency-log"]
    error_message = "Only transparency-log may write to the log's bucket."
  }

  assert {
    condition     = [for name, own in local.functions : name if contains(keys(own.variables), "HEADGATE_LOG_SECRET")] == ["transparency-log"]
    error_message = "Only transparency-log may read the log's key."
  }

  # All tables have the same ARN here.
  assert {
    condition     = [for name, own in local.functions : name if contains(keys(own.variables), "HEADGATE_LOG_TABLE")] == ["query-api", "transparency-log"] && toset(local.functions["query-api"].statements["Places"].actions) == toset(["dynamodb:GetItem", "dynamodb:Query"])
    error_message = "Only transparency-log may write the log's table, and only query-api reads it."
  }

  assert {
    condition     = toset(local.functions["transparency-log"].statements["Logged"].all_like["dynamodb:LeadingKeys"]) == toset(["UNLOGGED#*"]) && local.functions["transparency-log"].statements["Logged"].actions == ["dynamodb:DeleteItem"] && toset(local.functions["transparency-log"].statements["Timelines"].actions) == toset(["dynamodb:GetItem", "dynamodb:Query"])
    error_message = "Of the ledger, transparency-log may change the list of what to log, and nothing else."
  }

  assert {
    condition     = !contains(keys(local.functions["transparency-log"].statements), "Publish")
    error_message = "transparency-log must not publish."
  }

  # Emulators have no trail.
  assert {
    condition     = length(module.trail) == 0
    error_message = "A trail needs a bucket."
  }

  # What runs every minute.
  assert {
    condition     = toset(keys(aws_scheduler_schedule.every_minute)) == toset(["outbox-sweeper", "approval-gate-sweep", "engagement-sweep", "transparency-log"])
    error_message = "Both sweepers and the transparency log must have a schedule."
  }

  assert {
    condition     = alltrue([for s in values(aws_scheduler_schedule.every_minute) : s.schedule_expression == "rate(1 minute)" && s.target[0].retry_policy[0].maximum_retry_attempts == 0])
    error_message = "A sweep runs every minute, and none is repeated: the next one does the same."
  }

  assert {
    condition     = alltrue([for c in values(aws_lambda_function_event_invoke_config.every_minute) : c.maximum_retry_attempts == 0])
    error_message = "Lambda must not repeat a sweep either."
  }

  assert {
    condition     = toset(local.functions["outbox-sweeper"].statements["Publish"].equals["events:source"]) == toset([for name in keys(local.functions) : "headgate.${name}" if !contains(["query-api", "permits-heartbeat", "transparency-log"], name)])
    error_message = "outbox-sweeper must be able to publish what any other function committed."
  }

  assert {
    condition     = !contains(flatten([for s in values(local.functions["outbox-sweeper"].statements) : s.actions]), "dynamodb:PutItem") && toset(local.functions["outbox-sweeper"].statements["Markers"].all_like["dynamodb:LeadingKeys"]) == toset(["MARKER#*"])
    error_message = "outbox-sweeper must not be able to change anything but markers."
  }

  assert {
    condition     = [for name, own in local.functions : name if contains(flatten([for s in values(own.statements) : values(try(s.all_like, {})) if contains(s.actions, "dynamodb:PutItem")]), "TIMELINE#*")] == ["metrics-finalizer"]
    error_message = "Only metrics-finalizer may write timelines."
  }

  assert {
    condition     = toset(local.functions["engagement-api"].statements["LedgerItems"].all_like["dynamodb:LeadingKeys"]) == toset(["ENGAGEMENT#*", "READER#*", "MARKER#engagement-api#*"]) && toset(local.functions["permits-api"].statements["LedgerMarkers"].all_like["dynamodb:LeadingKeys"]) == toset(["MARKER#permits-api#*", "MARKER#permits#*"])
    error_message = "A function must write only the items of its work."
  }

  # A fleet runs unless it is paused.
  assert {
    condition     = alltrue([for mapping in values(aws_lambda_event_source_mapping.dead_letters) : mapping.enabled]) && alltrue([for s in module.subscription : s.enabled]) && alltrue([for s in values(aws_scheduler_schedule.every_minute) : s.state == "ENABLED"]) && alltrue([for n in values(local.concurrency) : n > 0])
    error_message = "A fleet that is not paused must run."
  }
}

run "facts_wait_in_several_queues" {
  command = plan

  variables {
    functions = { reserved_concurrency = 10, recording = { queues = 4, concurrency = 3, batch = 1000, memory_mb = 1769 } }
  }

  assert {
    condition     = sort(local.functions["metrics-finalizer"].statements["Consume"].resources) == sort([for queue in ["", "-part-1", "-part-2", "-part-3"] : "arn:aws:sqs:eu-central-1:123456789012:headgate-test-metrics-finalizer${queue}"])
    error_message = "metrics-finalizer must be able to read all of its queues."
  }

  assert {
    condition     = toset(keys(output.queues["metrics-finalizer"])) == toset(["dlq", "part-1", "part-2", "part-3", "queue"]) && toset(keys(output.queues["intake"])) == toset(["dlq", "queue"])
    error_message = "Only metrics-finalizer has several queues."
  }

  # Less than all batches at the same time would be throttled, and messages would be received in vain.
  assert {
    condition     = local.concurrency["metrics-finalizer"] == 12
    error_message = "The reserved concurrency must be enough for the batches of all queues."
  }
}

run "a_large_batch_needs_a_cpu" {
  command = plan

  variables {
    functions = { recording = { batch = 1000 } }
  }

  expect_failures = [var.functions]
}

run "a_permit_key_in_a_secret" {
  command = plan

  variables {
    security = { permit_keys = [] }
  }

  assert {
    condition     = [for name, f in local.functions : name if contains(keys(f.statements), "PermitKey") || contains(keys(f.variables), "HEADGATE_PERMIT_SECRET")] == ["permits-api"] && length(local.functions["permits-api"].statements["PermitKey"].resources) == 1
    error_message = "Only permits-api may read the key that signs permits."
  }

  assert {
    condition     = length(aws_kms_key.permit) == 0
    error_message = "There must be no key in KMS for permits."
  }
}

run "owners_are_written_as_tokens_name_people" {
  command = plan

  variables {
    oidc    = { issuer = "i", audience = "a", jwks = "https://i.example.com/jwks.json", person = { claim = "amr", values = ["mfa"] }, principals = "@example.com$" }
    senders = { agents = { bot = { role_arn = "arn:aws:iam::123456789012:role/bot", human_owner = "dana", models = ["m"] } } }
  }

  expect_failures = [var.senders]
}

run "an_agent_has_models" {
  command = plan

  variables {
    senders = { agents = { bot = { role_arn = "arn:aws:iam::123456789012:role/bot", human_owner = "dana", models = [] } } }
  }

  expect_failures = [var.senders]
}

run "a_person_needs_evidence" {
  command = plan

  variables {
    oidc = { issuer = "i", audience = "a", jwks = "https://i.example.com/jwks.json", person = { claim = "amr", values = [""] } }
  }

  expect_failures = [var.oidc]
}

run "who_may_send_what_stands_in_the_rule" {
  command = plan

  variables {
    senders = {
      agents  = { bot = { role_arn = "arn:aws:iam::123456789012:role/bot", human_owner = "dana@example.com", models = ["claude"] } }
      others  = { "ops.pager" = "arn:aws:iam::123456789012:role/pager" }
      signals = ["ops.pager"]
    }
  }

  assert {
    condition     = [for way in local.subscriptions["metrics-finalizer"].pattern["$or"] : [jsonencode(way.source), length(way["detail-type"])]] == [["[{\"prefix\":\"headgate.\"}]", 13], ["[{\"prefix\":\"agent.\"}]", 2], ["[\"ops.pager\"]", 1]]
    error_message = "The finalizer must get facts of the fleet, proposals and reports of agents, and signals of those who may send them, and nothing else."
  }
}

run "keys_that_are_no_jwks_are_refused" {
  command = plan

  variables {
    oidc = { issuer = "i", audience = "a", jwks = "http://issuer.example.com/jwks.json", person = { claim = "amr", values = ["mfa"] } }
  }

  expect_failures = [var.oidc]
}

run "prod_cannot_do_without_people" {
  command = plan

  variables {
    environments = [{
      name                     = "prod"
      account                  = "123456789012"
      region                   = "eu-central-1"
      monthly_cost_limit_cents = 0
      gate                     = { quorum = 0, roles = [], separation_of_duties = false, expires_in_seconds = 60 }
    }]
  }

  expect_failures = [var.environments]
}

run "models_bring_their_keys_and_rights_and_nothing_else" {
  command = plan

  variables {
    models = {
      nova   = { bedrock = { model_id = "amazon.nova-lite-v1:0", resources = ["arn:aws:bedrock:eu-central-1::foundation-model/amazon.nova-lite-v1:0"] }, price = { input = 0.06, output = 0.24 } }
      theirs = { openai = { base_url = "https://models.example/v1", model = "m", secret = "theirs" }, price = { input = 1, output = 2 } }
      ours   = { external = { reporter = "ci.evals" }, price = { input = 0, output = 0 } }
    }
    senders = { others = { "ci.evals" = "arn:aws:iam::123456789012:role/ci" }, signals = ["ci.evals"] }
  }

  assert {
    condition     = local.senders["ci.evals"] == { role_arn = "arn:aws:iam::123456789012:role/ci", detail_types = tolist(["eval.case.completed.v*", "signal.recorded.v*"]) }
    error_message = "A reporter must send with its own role, and only its own detail types."
  }

  assert {
    condition     = jsondecode(aws_scheduler_schedule.sweep[0].target[0].input).id == "<aws.scheduler.execution-id>"
    error_message = "Each sweep for overdue runs must have its own event ID."
  }

  assert {
    condition     = keys(local.model_secrets) == ["model-theirs"]
    error_message = "There must be one secret per API key."
  }

  assert {
    condition     = local.functions["eval-runner-case"].statements["ModelKeys"].resources == [module.secrets.arns["model-theirs"]]
    error_message = "The runner must be allowed to read the API keys of its models."
  }

  assert {
    condition     = local.functions["eval-runner-case"].statements["Bedrock"].resources == tolist(["arn:aws:bedrock:eu-central-1::foundation-model/amazon.nova-lite-v1:0"])
    error_message = "The runner must be allowed to invoke exactly the configured Bedrock models."
  }

  assert {
    condition     = alltrue([for name, f in local.functions : !contains(keys(f.statements), "ModelKeys") if name != "eval-runner-case"])
    error_message = "No other function may read the API keys of models."
  }
}

run "evaluations_are_asked_for_by_their_schedule" {
  command = plan

  variables {
    models      = { nova = { bedrock = { model_id = "amazon.nova-lite-v1:0", resources = ["arn:aws:bedrock:eu-central-1::foundation-model/amazon.nova-lite-v1:0"] }, price = { input = 0.06, output = 0.24 } } }
    evaluations = { scheduled = { monthly = { suite = "../../../evals/terraform-basics", candidates = ["nova"], ceiling_usd = 5 } } }
  }

  assert {
    condition     = jsondecode(aws_scheduler_schedule.evaluation["monthly"].target[0].input).subject == "<aws.scheduler.execution-id>"
    error_message = "Each execution of the schedule must request a new run."
  }

  assert {
    condition     = aws_s3_object.suite["monthly"].key == "sha256/${jsondecode(aws_scheduler_schedule.evaluation["monthly"].target[0].input).data.suite.sha256}"
    error_message = "The request must contain the digest of the uploaded suite."
  }

  assert {
    condition     = !strcontains(aws_scheduler_schedule.evaluation["monthly"].target[0].input, "\\u003c")
    error_message = "The input must contain unescaped <aws.scheduler.…> placeholders."
  }
}

run "evaluations_are_of_known_models_and_within_the_limit" {
  command = plan

  variables {
    evaluations = { scheduled = { monthly = { suite = "../../../evals/terraform-basics", candidates = ["nobody"], ceiling_usd = 500 } } }
  }

  expect_failures = [var.evaluations]
}

run "a_key_is_not_sent_without_tls" {
  command = plan

  variables {
    models = { theirs = { openai = { base_url = "http://models.example/v1", model = "m" }, price = { input = 1, output = 2 } } }
  }

  expect_failures = [var.models]
}

run "a_model_is_served_by_one" {
  command = plan

  variables {
    models = { nobodys = { price = { input = 1, output = 2 } } }
  }

  expect_failures = [var.models]
}

run "nobody_reports_as_the_fleet" {
  command = plan

  variables {
    models = { ours = { external = { reporter = "headgate.eval-runner-case" }, price = { input = 0, output = 0 } } }
  }

  expect_failures = [var.models]
}

run "a_believed_sender_has_a_role" {
  command = plan

  variables {
    senders = { signals = ["ops.pager"] }
  }

  expect_failures = [check.senders]
}

run "a_paused_fleet_stands_still" {
  command = plan

  variables {
    storage = { paused = true }
    models  = { ours = { bedrock = { model_id = "m", resources = ["arn:aws:bedrock:eu-central-1::foundation-model/m"] }, price = { input = 1, output = 2 } } }
  }

  assert {
    condition     = alltrue([for name in keys(local.functions) : local.concurrency[name] == 0])
    error_message = "Every function must refuse requests."
  }

  assert {
    condition     = alltrue([for mapping in concat(values(aws_lambda_event_source_mapping.dead_letters), [aws_lambda_event_source_mapping.last]) : !mapping.enabled]) && alltrue([for s in module.subscription : !s.enabled])
    error_message = "Messages must stay in their queues: each receive counts."
  }

  assert {
    condition     = alltrue([for s in concat(values(aws_scheduler_schedule.every_minute), values(aws_scheduler_schedule.evaluation), aws_scheduler_schedule.sweep) : s.state == "DISABLED"])
    error_message = "Schedules must be off."
  }
}

run "restored_tables_have_names_of_their_own" {
  command = plan

  variables {
    storage = { suffix = "r1" }
  }

  assert {
    condition = { for kind, table in module.ledger : kind => table.name } == {
      ledger     = "headgate-test-ledger-r1"
      metrics    = "headgate-test-metrics-r1"
      quarantine = "headgate-test-quarantine"
      leases     = "headgate-test-leases"
      log        = "headgate-test-log"
    }
    error_message = "Ledger and metrics must be the restored tables, all others as before."
  }
}

run "writes_are_recorded_where_a_bucket_takes_them" {
  command = plan

  variables {
    security = { trail_bucket = "trails" }
  }

  assert {
    condition     = length(module.trail) == 1
    error_message = "security.trail_bucket must create a trail. Its event pattern must fit, which the module checks."
  }
}
