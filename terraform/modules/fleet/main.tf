# The whole fleet. The root module of an environment calls this module once.

data "aws_partition" "this" {}

locals {
  # Functions that reserve another concurrency than the rest. dlq-handler consumes every dead-letter queue, with up to two batches at a
  # time from each; of each sweep, one at a time is enough.
  reserved = var.functions.reserved_concurrency < 0 ? {} : merge(
    { for name in keys(local.sweeps) : name => min(var.functions.reserved_concurrency, 1) },
    {
      dlq-handler       = max(var.functions.reserved_concurrency, 2 * length(local.subscriptions))
      metrics-finalizer = max(var.functions.reserved_concurrency, var.functions.recording.queues * var.functions.recording.concurrency)
    },
  )
  # Lambda refuses every request for a function with a concurrency of 0.
  concurrency = var.storage.paused ? { for name in keys(local.functions) : name => 0 } : local.reserved

  prefix = "${var.project}-${var.environment}-"
  # By name, because roles and bus would depend on each other. The module of a function names its role like the function.
  roles_arn = "arn:${data.aws_partition.this.partition}:iam::${var.account_id}:role/${local.prefix}"
}

module "bus" {
  source = "../event-bus"

  name             = "${local.prefix}bus"
  account_id       = var.account_id
  region           = var.region
  alarm_topic_arns = var.alarm_topic_arns
  kms_key_arn      = aws_kms_key.this.arn
  fleet_role_arns  = [for name in concat(sort(tolist(local.publishers)), ["scheduler"]) : "${local.roles_arn}${name}"]
  senders          = local.senders

  tags = var.tags
}

module "ledger" {
  source   = "../ledger"
  for_each = { ledger = true, metrics = true, quarantine = true, leases = false, log = false }

  # After a restore, the ledger and the metrics are tables with other names.
  name                = join("-", compact(["${local.prefix}${each.key}", contains(["ledger", "metrics"], each.key) ? var.storage.suffix : null]))
  listing             = each.value
  kms_key_arn         = aws_kms_key.this.arn
  deletion_protection = var.security.protect
  # Emulators do not evaluate it, and stories write as root.
  # Nobody repairs the log's table: a changed one gets no signature.
  writer_role_arns = !var.security.protect ? [] : each.key == "log" ? ["${local.roles_arn}transparency-log"] : concat([for name in sort(keys(local.timeouts)) : "${local.roles_arn}${name}" if name != "query-api"], var.security.table_writers)

  tags = var.tags
}

module "artifacts" {
  source   = "../artifacts"
  for_each = { artifacts = null, code = null, quarantine = var.quarantine.days == 0 ? null : var.quarantine.days }

  name          = "${local.prefix}${each.key}-${var.account_id}"
  kms_key_arn   = aws_kms_key.this.arn
  expire_days   = each.value
  force_destroy = !var.security.protect
  tls_only      = var.security.tls_only

  tags = var.tags
}

# Unless it is in another account.
module "log" {
  source = "../log-bucket"
  count  = var.record.bucket == null ? 1 : 0

  name            = "${local.prefix}log-${var.account_id}"
  writer_role_arn = "${local.roles_arn}transparency-log"
  reader_arns     = var.record.reader_arns
  lock            = { mode = var.record.lock_mode, days = var.record.lock_days }
  force_destroy   = !var.security.protect && var.record.lock_mode == "GOVERNANCE"
  tls_only        = var.security.tls_only

  tags = var.tags
}

# Emulators have no trail.
module "trail" {
  source = "../data-trail"
  count  = var.security.trail_bucket == null ? 0 : 1

  name             = "${local.prefix}data"
  bucket           = var.security.trail_bucket
  account_id       = var.account_id
  table_arns       = [for name in ["leases", "ledger", "log", "metrics", "quarantine"] : "arn:${data.aws_partition.this.partition}:dynamodb:${var.region}:${var.account_id}:table/${local.prefix}${name}"]
  log_bucket_arn   = local.log_bucket_arn
  key_arns         = local.permit_key_arns
  writer_roles     = [for name in sort(keys(local.timeouts)) : "${local.prefix}${name}" if name != "query-api"]
  alarm_topic_arns = var.alarm_topic_arns

  tags = var.tags
}

module "secrets" {
  source = "../secrets"

  name_prefix = local.prefix
  secrets = merge(local.model_secrets, local.in_kms ? {} : {
    permit-key = "Ed25519 key that signs permits. Create it with `headgate keys init`"
    }, {
    log-key  = "Ed25519 key that signs checkpoints of the transparency log. Create it with `headgate log init`"
    webhooks = "Webhook endpoints that receive requests and decisions. Add them with `headgate webhook add`"
  })
  kms_key_arn          = aws_kms_key.this.arn
  recovery_window_days = var.security.protect ? 7 : 0

  tags = var.tags
}

module "function" {
  source   = "../lambda-function"
  for_each = local.functions

  name                     = "${local.prefix}${each.key}"
  zip                      = "${var.code.zip_dir}/${each.key}/bootstrap.zip"
  code_bucket              = module.artifacts["code"].name
  permissions_boundary_arn = var.security.permissions_boundary_arn
  architecture             = var.code.architecture
  account_id               = var.account_id
  region                   = var.region
  kms_key_arn              = aws_kms_key.this.arn
  timeout_seconds          = each.value.timeout
  # The largest plan that is accepted needs up to 570 MB: shared/core/review/tests/memory.rs measures it.
  # query-api shows plans of up to 8 MiB.
  memory_mb            = max(var.functions.memory_mb, lookup({ intake = 1024, pm-review = 1024, query-api = 1024, metrics-finalizer = var.functions.recording.memory_mb, transparency-log = var.record.memory_mb }, each.key, 0))
  memory_reason        = contains(["intake", "pm-review", "query-api"], each.key) ? "reads plans of up to 20 MiB" : "CPU is proportional to memory"
  reserved_concurrency = lookup(local.concurrency, each.key, var.functions.reserved_concurrency)
  log_retention_days   = var.logs.retention_days
  alarm_topic_arns     = var.alarm_topic_arns
  variables            = merge(local.common_variables, each.value.variables)
  statements           = each.value.statements

  tags = var.tags
}

module "subscription" {
  source   = "../queue-subscription"
  for_each = local.subscriptions

  name                       = "${local.prefix}${each.key}"
  bus_name                   = module.bus.name
  event_pattern              = each.value.pattern
  function_name              = module.function[each.key].name
  function_timeout_seconds   = local.timeouts[each.key]
  visibility_timeout_seconds = 6 * local.timeouts[each.key]
  maximum_concurrency        = each.value.concurrency
  batch_size                 = try(each.value.batch_size, 10)
  parts                      = try(each.value.parts, {})
  paused                     = var.storage.paused
  last_queue_name            = aws_sqs_queue.last.name
  sender_role_arns           = { queue = "${local.roles_arn}dlq-redrive", dlq = "${local.roles_arn}${each.key}" }
  account_id                 = var.account_id
  region                     = var.region
  kms_key_arn                = aws_kms_key.this.arn
  alarm_topic_arns           = var.alarm_topic_arns

  tags = var.tags
}

module "workflow" {
  source = "../approval-workflow"

  name                     = "${local.prefix}approval"
  permissions_boundary_arn = var.security.permissions_boundary_arn
  account_id               = var.account_id
  region                   = var.region
  open_function_name       = module.function["approval-gate-open"].name
  open_function_arn        = "${local.functions_arn}approval-gate-open"
  expire_function_name     = module.function["approval-gate-expire"].name
  expire_function_arn      = "${local.functions_arn}approval-gate-expire"
  slice_seconds            = var.approvals.reminder_seconds
  total_timeout_seconds    = max(86400, [for e in var.environments : e.gate.expires_in_seconds]...) + 2 * var.approvals.reminder_seconds + 14 * 86400 # the ledger decides when an approval expires, even after a long outage
  kms_key_arn              = aws_kms_key.this.arn
  alarm_topic_arns         = var.alarm_topic_arns

  tags = var.tags
}

module "api" {
  source = "../api"

  name  = "${local.prefix}api"
  stage = var.environment
  functions = {
    for name in ["intake-api", "engagement-api", "approval-gate-decide", "permits-api", "permits-heartbeat", "query-api", "dlq-api"] : name => {
      name       = module.function[name].name
      invoke_arn = module.function[name].invoke_arn
    }
  }
  edge                     = merge(var.edge, { log_retention_days = var.logs.retention_days, log_key_arn = aws_kms_key.this.arn })
  permissions_boundary_arn = var.security.permissions_boundary_arn

  tags = var.tags
}
