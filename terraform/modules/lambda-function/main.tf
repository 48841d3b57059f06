data "aws_partition" "this" {}

locals {
  log_group_arn = "arn:${data.aws_partition.this.partition}:logs:${var.region}:${var.account_id}:log-group:/aws/lambda/${var.name}"
  code_key      = "${var.name}/${filesha256(var.zip)}.zip"
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/lambda/${var.name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn

  tags = var.tags
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "this" {
  name                 = var.name
  assume_role_policy   = data.aws_iam_policy_document.assume.json
  permissions_boundary = var.permissions_boundary_arn

  tags = var.tags
}

# A customer managed policy instead of an inline one: it has versions, and it appears in the list of policies.
data "aws_iam_policy_document" "this" {
  statement {
    sid       = "Logs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${local.log_group_arn}:*"] # the log streams of its own log group
  }

  statement {
    sid       = "Key"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [var.kms_key_arn]
  }

  dynamic "statement" {
    for_each = var.statements

    content {
      sid       = statement.key
      actions   = statement.value.actions
      resources = statement.value.resources

      dynamic "condition" {
        for_each = concat(
          [for key, values in statement.value.equals : { test = "StringEquals", key = key, values = values }],
          [for key, values in statement.value.all_like : { test = "ForAllValues:StringLike", key = key, values = values }],
        )

        content {
          test     = condition.value.test
          variable = condition.value.key
          values   = condition.value.values
        }
      }
    }
  }

  dynamic "statement" {
    for_each = var.on_failure_arn == null ? [] : [var.on_failure_arn]

    content {
      sid       = "OnFailure"
      actions   = ["sqs:SendMessage"]
      resources = [statement.value]
    }
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

# The provider creates functions from local zips one after the other, and functions from a bucket in parallel. A new
# zip has a new key, so the function is updated.
resource "aws_s3_object" "code" {
  bucket = var.code_bucket
  key    = local.code_key
  source = var.zip

  lifecycle {
    create_before_destroy = true # if the upload fails, the old zip is still there
  }
}

resource "aws_lambda_function" "this" {
  function_name                  = var.name
  description                    = "memory: ${var.memory_reason}"
  role                           = aws_iam_role.this.arn
  runtime                        = "provided.al2023"
  handler                        = "bootstrap"
  architectures                  = [var.architecture]
  s3_bucket                      = var.code_bucket
  s3_key                         = local.code_key # by name: what refers to the function can then be judged before the apply
  source_code_hash               = filebase64sha256(var.zip)
  timeout                        = var.timeout_seconds
  memory_size                    = var.memory_mb
  reserved_concurrent_executions = var.reserved_concurrency
  kms_key_arn                    = var.kms_key_arn

  environment {
    variables = var.variables
  }

  # Receives events whose asynchronous invocation failed after all retries.
  dynamic "dead_letter_config" {
    for_each = var.on_failure_arn == null ? [] : [var.on_failure_arn]

    content {
      target_arn = dead_letter_config.value
    }
  }

  depends_on = [aws_cloudwatch_log_group.this, aws_iam_role_policy_attachment.this, aws_s3_object.code]

  tags = var.tags
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = {
    errors    = { metric = "Errors", why = "invocations are failing; see the logs of the function" }
    throttles = { metric = "Throttles", why = "invocations are throttled; the function has reached its concurrency limit" }
  }

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = "${var.name}: ${each.value.why}. Runbook: docs/operations.md#${each.key}"
  namespace           = "AWS/Lambda"
  metric_name         = each.value.metric
  dimensions          = { FunctionName = var.name }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 15 # a message that ends the process comes back every few minutes
  datapoints_to_alarm = 3
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns

  tags = var.tags
}
