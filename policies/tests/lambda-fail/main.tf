locals {
  role = "arn:aws:iam::111122223333:role/shop-prod-worker"
}

# Only the required arguments.
resource "aws_lambda_function" "bare" {
  function_name = "shop-prod-bare"
  role          = local.role
  runtime       = "provided.al2023"
  handler       = "bootstrap"
  filename      = "function.zip"
}

resource "aws_lambda_function" "large" {
  function_name                  = "shop-prod-large"
  description                    = "Resizes pictures."
  role                           = local.role
  runtime                        = "provided.al2023"
  handler                        = "bootstrap"
  filename                       = "function.zip"
  timeout                        = 30
  memory_size                    = 129
  reserved_concurrent_executions = -1

  dead_letter_config {
    target_arn = aws_sqs_queue.bare.arn
  }
}

resource "aws_lambda_function_event_invoke_config" "no_destination" {
  function_name = aws_lambda_function.bare.function_name
}

resource "aws_lambda_function" "worker" {
  function_name                  = "shop-prod-worker"
  role                           = local.role
  runtime                        = "provided.al2023"
  handler                        = "bootstrap"
  filename                       = "function.zip"
  timeout                        = 31
  reserved_concurrent_executions = 2
}

resource "aws_sqs_queue" "orders" {
  name                       = "shop-prod-orders"
  visibility_timeout_seconds = 61
  sqs_managed_sse_enabled    = true

  redrive_policy = jsonencode({
    deadLetterTargetArn = "arn:aws:sqs:${var.region}:111122223333:shop-prod-dead"
    maxReceiveCount     = 1
  })
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.worker.arn
}

# A queue that is created elsewhere.
resource "aws_lambda_event_source_mapping" "elsewhere" {
  event_source_arn        = "arn:aws:sqs:${var.region}:111122223333:shop-prod-elsewhere"
  function_name           = aws_lambda_function.worker.arn
  function_response_types = []
}

resource "aws_kinesis_stream" "orders" {
  name        = "shop-prod-orders"
  shard_count = 1
}

resource "aws_lambda_event_source_mapping" "stream" {
  event_source_arn  = aws_kinesis_stream.orders.arn
  function_name     = aws_lambda_function.worker.arn
  starting_position = "LATEST"
}

resource "aws_sqs_queue" "no_dlq" {
  name                    = "shop-prod-no-dlq"
  sqs_managed_sse_enabled = true
}

# No maxReceiveCount.
resource "aws_sqs_queue" "no_count" {
  name                    = "shop-prod-no-count"
  sqs_managed_sse_enabled = true
  redrive_policy          = jsonencode({ deadLetterTargetArn = "arn:aws:sqs:${var.region}:111122223333:shop-prod-dead" })
}

# A dead-letter queue because of its use: the function above sends to it.
resource "aws_sqs_queue" "bare" {
  name                    = "shop-prod-dead"
  sqs_managed_sse_enabled = true
}

# A topic sends to this queue, which does not make it a dead-letter queue.
resource "aws_sns_topic_subscription" "no_dlq" {
  topic_arn = "arn:aws:sns:${var.region}:111122223333:shop-prod-orders"
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.no_dlq.arn
}

resource "aws_lambda_event_source_mapping" "endless" {
  event_source_arn       = aws_kinesis_stream.orders.arn
  function_name          = aws_lambda_function.worker.arn
  starting_position      = "LATEST"
  maximum_retry_attempts = -1
}

# A destination for successful events is not a destination for failed ones.
resource "aws_lambda_function" "successful" {
  function_name                  = "shop-prod-successful"
  role                           = local.role
  runtime                        = "provided.al2023"
  handler                        = "bootstrap"
  filename                       = "function.zip"
  timeout                        = 3
  reserved_concurrent_executions = 1
}

resource "aws_lambda_function_event_invoke_config" "successful" {
  function_name          = aws_lambda_function.successful.function_name
  maximum_retry_attempts = 1

  destination_config {
    on_success {
      destination = "arn:aws:sqs:${var.region}:111122223333:shop-prod-done"
    }
  }
}

resource "aws_lambda_function" "slow" {
  function_name                  = "shop-prod-slow"
  role                           = local.role
  runtime                        = "provided.al2023"
  handler                        = "bootstrap"
  filename                       = "function.zip"
  timeout                        = 100
  reserved_concurrent_executions = 2
}

resource "aws_lambda_alias" "slow" {
  name             = "live"
  function_name    = aws_lambda_function.slow.function_name
  function_version = "1"
}

resource "aws_lambda_event_source_mapping" "slow" {
  event_source_arn        = aws_sqs_queue.orders.arn
  function_name           = aws_lambda_alias.slow.arn
  function_response_types = ["ReportBatchItemFailures"]
}

# This queue allows no redrive to it, so it still needs a dead-letter queue.
resource "aws_sqs_queue" "denies" {
  name                    = "shop-prod-denies"
  sqs_managed_sse_enabled = true
  redrive_allow_policy    = jsonencode({ redrivePermission = "denyAll" })
}

# Only the queue of the patient function lets go too early.
module "function" {
  source   = "./function"
  for_each = { quick = 10, patient = 300 }

  name    = "shop-prod-${each.key}"
  role    = local.role
  timeout = each.value
}

module "queue" {
  source   = "./queue"
  for_each = toset(["quick", "patient"])

  name                       = "shop-prod-${each.key}"
  function_name              = module.function[each.key].arn
  visibility_timeout_seconds = 60
}

# One of several functions, from a module that has no key: the plan does not say which.
module "night" {
  source = "./queue"

  name                       = "shop-prod-night"
  function_name              = module.function["patient"].arn
  visibility_timeout_seconds = 60
}

# Nothing sends its dead letters to this queue.
resource "aws_cloudwatch_event_bus" "orders" {
  name = "shop-prod-orders"

  dead_letter_config {
    arn = "arn:aws:sqs:${var.region}:111122223333:shop-prod-bus-dlq"
  }
}

resource "aws_sqs_queue" "other_dlq" {
  name                    = "shop-prod-other-bus-dlq"
  sqs_managed_sse_enabled = true
  redrive_allow_policy    = jsonencode({ redrivePermission = "denyAll" })
}

# A queue of another account with the same name.
resource "aws_cloudwatch_event_bus" "elsewhere" {
  name = "shop-prod-elsewhere"

  dead_letter_config {
    arn = "arn:aws:sqs:${var.region}:999999999999:shop-prod-elsewhere-dlq"
  }
}

resource "aws_sqs_queue" "elsewhere" {
  name                    = "shop-prod-elsewhere-dlq"
  sqs_managed_sse_enabled = true
  redrive_allow_policy    = jsonencode({ redrivePermission = "denyAll" })
}

# Of one function or another, the slower one counts.
variable "strict" {
  description = "Whether the function of the module is left out."
  type        = bool
  default     = false
}

resource "aws_lambda_function" "fast" {
  function_name                  = "shop-prod-fast"
  role                           = local.role
  runtime                        = "provided.al2023"
  handler                        = "bootstrap"
  s3_bucket                      = "shop-prod-code"
  s3_key                         = "worker.zip"
  timeout                        = 5
  memory_size                    = 128
  reserved_concurrent_executions = 2
}

resource "aws_sqs_queue" "either" {
  name                       = "shop-prod-either"
  sqs_managed_sse_enabled    = true
  visibility_timeout_seconds = 60
  redrive_policy             = jsonencode({ deadLetterTargetArn = "arn:aws:sqs:${var.region}:111122223333:shop-prod-dead", maxReceiveCount = 3 })
}

resource "aws_lambda_event_source_mapping" "either_function" {
  event_source_arn        = aws_sqs_queue.either.arn
  function_name           = var.strict ? aws_lambda_function.fast.arn : module.function["patient"].arn
  function_response_types = ["ReportBatchItemFailures"]
}

# An API waits, but S3 does not.

resource "aws_lambda_function" "both" {
  function_name                  = "shop-prod-both"
  role                           = local.role
  runtime                        = "provided.al2023"
  handler                        = "bootstrap"
  s3_bucket                      = "shop-prod-code"
  s3_key                         = "worker.zip"
  timeout                        = 5
  memory_size                    = 128
  reserved_concurrent_executions = 2
}

resource "aws_lambda_permission" "both_api" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.both.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:aws:execute-api:${var.region}:111122223333:api/*"
}

resource "aws_lambda_permission" "both_s3" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.both.function_name
  principal     = "s3.amazonaws.com"
  source_arn    = "arn:aws:execute-api:${var.region}:111122223333:api/*"
}
