data "aws_partition" "this" {}

locals {
  arn = "arn:${data.aws_partition.this.partition}:states:${var.region}:${var.account_id}:stateMachine:${var.name}"

  # The ledger is the source of truth, and the task token only wakes the workflow. The wait is split into
  # slices. Each slice has a new token and first checks for a decision, so a lost token delays the workflow by
  # one slice. A task that keeps failing is followed by a pause, not by the end of the workflow.
  definition = templatefile("${path.module}/workflow.asl.json", {
    partition             = data.aws_partition.this.partition
    open_function_name    = var.open_function_name
    expire_function_name  = var.expire_function_name
    slice_seconds         = var.slice_seconds
    pause_seconds         = local.pause_seconds
    total_timeout_seconds = var.total_timeout_seconds
  })

  # Between attempts of a task that failed nine times in a row. With the attempts, an execution can hold out for
  # two weeks before its history is full (25,000 events): functions/approval-gate/tests/definition counts.
  pause_seconds = 1800
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["states.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [local.arn]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }
}

resource "aws_iam_role" "this" {
  name                 = var.name
  assume_role_policy   = data.aws_iam_policy_document.assume.json
  permissions_boundary = var.permissions_boundary_arn

  tags = var.tags
}

data "aws_iam_policy_document" "this" {
  statement {
    sid       = "Tasks"
    actions   = ["lambda:InvokeFunction"]
    resources = [var.open_function_arn, var.expire_function_arn]
  }

  statement {
    sid       = "Key"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [var.kms_key_arn]
  }
}

resource "aws_iam_policy" "this" {
  name   = var.name
  policy = data.aws_iam_policy_document.this.json

  tags = var.tags
}

resource "aws_iam_role_policy_attachment" "this" {
  role       = aws_iam_role.this.name
  policy_arn = aws_iam_policy.this.arn
}

# Execution data is not logged, because the input of OpenGate contains the task token.
resource "aws_sfn_state_machine" "this" {
  name       = var.name
  role_arn   = aws_iam_role.this.arn
  definition = local.definition

  encryption_configuration {
    type                              = "CUSTOMER_MANAGED_KMS_KEY"
    kms_key_id                        = var.kms_key_arn
    kms_data_key_reuse_period_seconds = 300
  }

  tags = var.tags
}

# No error of a task ends an execution, so failing tasks need an alarm of their own. A workflow that is not allowed to call
# its functions leaves no trace in their metrics. Step Functions counts these failures for the whole account.
resource "aws_cloudwatch_metric_alarm" "tasks" {
  for_each = toset(["lambda:invoke", "lambda:invoke.waitForTaskToken"])

  alarm_name          = "${var.name}-${replace(lower(each.key), "/[:.]/", "-")}-failing"
  alarm_description   = "${var.name}: the tasks of approval workflows keep failing, so nobody is asked to decide. Runbook: docs/operations.md#tasks-failing"
  namespace           = "AWS/States"
  metric_name         = "ServiceIntegrationsFailed"
  dimensions          = { ServiceIntegrationResourceArn = "arn:${data.aws_partition.this.partition}:states:::${each.key}" }
  statistic           = "Sum"
  period              = 3600
  evaluation_periods  = 1
  threshold           = 8 # a task that fails is tried nine times, and then pauses for half an hour
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns

  tags = var.tags
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = {
    timed-out = { metric = "ExecutionsTimedOut", why = "an approval workflow timed out before it ended" }
    failed    = { metric = "ExecutionsFailed", why = "an approval workflow failed, so nobody is asked to decide on its change" }
  }

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = "${var.name}: ${each.value.why}. Runbook: docs/operations.md#${each.key}"
  namespace           = "AWS/States"
  metric_name         = each.value.metric
  dimensions          = { StateMachineArn = local.arn }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns

  tags = var.tags
}
