# Scheduled evaluations. Each suite is one artifact, and a schedule sends each request as an event.

locals {
  # All files whose path has no part that begins with a dot, packed in the same way as `headgate eval run`.
  suite_archives = { for name, e in var.evaluations.scheduled : name => jsonencode({ files = {
    for f in fileset(e.suite, "**") : f => file("${e.suite}/${f}") if !anytrue([for part in split("/", f) : startswith(part, ".")])
  } }) }
  suite_base64 = { for name, archive in local.suite_archives : name => base64encode(archive) }
}

resource "aws_s3_object" "suite" {
  for_each = local.suite_archives

  bucket       = module.artifacts["artifacts"].name
  key          = "sha256/${sha256(each.value)}"
  content      = each.value
  content_type = "application/json"

  # A run that was already requested still reads the old suite.
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_scheduler_schedule" "evaluation" {
  for_each = var.evaluations.scheduled

  name                         = "${local.prefix}eval-${each.key}"
  description                  = "Requests an evaluation. The request contains the cost ceiling."
  schedule_expression          = each.value.schedule
  schedule_expression_timezone = each.value.timezone
  state                        = var.storage.paused ? "DISABLED" : "ENABLED"
  kms_key_arn                  = aws_kms_key.this.arn

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = module.bus.arn
    role_arn = aws_iam_role.scheduler.arn

    eventbridge_parameters {
      detail_type = "eval.requested.v1"
      source      = "headgate.schedule"
    }

    # The scheduler replaces <aws.scheduler.…>, so each execution requests a new run.
    input = replace(replace(jsonencode({
      specversion     = "1.0"
      id              = "<aws.scheduler.execution-id>"
      source          = "headgate.schedule"
      type            = "eval.requested.v1"
      subject         = "<aws.scheduler.execution-id>"
      time            = "<aws.scheduler.scheduled-time>"
      datacontenttype = "application/json"
      dataschema      = "urn:headgate:schema:eval.requested.v1"
      correlationid   = "headgate.evaluations"
      actorkind       = "system"
      actorid         = "schedule ${each.key}"
      data = {
        suite = {
          uri        = "s3://${aws_s3_object.suite[each.key].bucket}/${aws_s3_object.suite[each.key].key}"
          sha256     = sha256(local.suite_archives[each.key])
          bytes      = length(local.suite_base64[each.key]) / 4 * 3 - length(regex("=*$", local.suite_base64[each.key]))
          media_type = "application/json"
        }
        candidates   = each.value.candidates
        baseline     = each.value.baseline
        baseline_run = null
        repeats      = each.value.repeats
        ceiling_usd  = each.value.ceiling_usd
        minutes      = each.value.minutes
      }
    }), "\\u003c", "<"), "\\u003e", ">") # jsonencode escapes the < and > that the scheduler looks for

    retry_policy {
      maximum_event_age_in_seconds = 3600
      maximum_retry_attempts       = 10
    }

    dead_letter_config {
      arn = aws_sqs_queue.last.arn
    }
  }
}

# Ends overdue runs, even if some of their cases never finish.
resource "aws_scheduler_schedule" "sweep" {
  count = length(var.models) == 0 ? 0 : 1

  name                = "${local.prefix}eval-sweep"
  description         = "Ends overdue evaluations."
  schedule_expression = "rate(5 minutes)"
  state               = var.storage.paused ? "DISABLED" : "ENABLED"
  kms_key_arn         = aws_kms_key.this.arn

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = module.bus.arn
    role_arn = aws_iam_role.scheduler.arn

    eventbridge_parameters {
      detail_type = "eval.sweep.requested.v1"
      source      = "headgate.schedule"
    }

    input = replace(replace(jsonencode({
      specversion     = "1.0"
      id              = "<aws.scheduler.execution-id>"
      source          = "headgate.schedule"
      type            = "eval.sweep.requested.v1"
      subject         = "evaluations"
      time            = "<aws.scheduler.scheduled-time>"
      datacontenttype = "application/json"
      dataschema      = "urn:headgate:schema:eval.sweep.requested.v1"
      correlationid   = "headgate.evaluations"
      actorkind       = "system"
      actorid         = "schedule"
      data            = {}
    }), "\\u003c", "<"), "\\u003e", ">")

    # Few retries are enough: the next sweep repeats the work.
    retry_policy {
      maximum_event_age_in_seconds = 300
      maximum_retry_attempts       = 3
    }

    dead_letter_config {
      arn = aws_sqs_queue.last.arn
    }
  }
}
