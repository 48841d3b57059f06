locals {
  role = "arn:aws:iam::111122223333:role/shop-prod-worker"
}

resource "aws_lambda_function" "api" {
  function_name                  = "shop-prod-api"
  role                           = local.role
  runtime                        = "provided.al2023"
  handler                        = "bootstrap"
  filename                       = "function.zip"
  timeout                        = 3
  memory_size                    = 128
  reserved_concurrent_executions = 0

  dead_letter_config {
    target_arn = aws_sqs_queue.failed.arn
  }
}

resource "aws_lambda_function" "pictures" {
  function_name                  = "shop-prod-pictures"
  description                    = "Resizes pictures. Memory: a picture of 40 megapixels is held whole."
  role                           = local.role
  runtime                        = "provided.al2023"
  handler                        = "bootstrap"
  filename                       = "function.zip"
  timeout                        = 30
  memory_size                    = 1024
  reserved_concurrent_executions = 2
}

resource "aws_lambda_function_event_invoke_config" "pictures" {
  function_name          = aws_lambda_function.pictures.function_name
  maximum_retry_attempts = 0

  destination_config {
    on_failure {
      destination = aws_sqs_queue.undelivered.arn
    }
  }
}

resource "aws_lambda_function" "worker" {
  function_name                  = "shop-prod-worker"
  role                           = local.role
  runtime                        = "provided.al2023"
  handler                        = "bootstrap"
  filename                       = "function.zip"
  timeout                        = 30
  memory_size                    = 256
  reserved_concurrent_executions = 2
  tags                           = { MemoryReason = "TLS handshakes take a third of the time at 256 MB" }
}

resource "aws_sqs_queue" "orders" {
  name                       = "shop-prod-orders"
  visibility_timeout_seconds = 60
  sqs_managed_sse_enabled    = true

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead.arn
    maxReceiveCount     = 5
  })
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn        = aws_sqs_queue.orders.arn
  function_name           = aws_lambda_function.worker.arn
  function_response_types = ["ReportBatchItemFailures"]
}

resource "aws_lambda_event_source_mapping" "elsewhere" {
  event_source_arn        = "arn:aws:sqs:${var.region}:111122223333:shop-prod-elsewhere"
  function_name           = aws_lambda_function.worker.arn
  function_response_types = ["ReportBatchItemFailures"]
}

resource "aws_kinesis_stream" "orders" {
  name            = "shop-prod-orders"
  shard_count     = 1
  encryption_type = "KMS"
  kms_key_id      = "alias/aws/kinesis"
}

resource "aws_lambda_event_source_mapping" "stream" {
  event_source_arn       = aws_kinesis_stream.orders.arn
  function_name          = aws_lambda_function.worker.arn
  starting_position      = "LATEST"
  maximum_retry_attempts = 3
}

# The policies of this queue are separate resources.
resource "aws_sqs_queue" "apart" {
  name                    = "shop-prod-apart"
  sqs_managed_sse_enabled = true
}

resource "aws_sqs_queue_redrive_policy" "apart" {
  queue_url = aws_sqs_queue.apart.id

  redrive_policy = jsonencode({
    deadLetterTargetArn = "arn:aws:sqs:${var.region}:111122223333:shop-prod-dead"
    maxReceiveCount     = 2
  })
}

# The plan contains the redrive policy, because the ARN is built from names.
resource "aws_sqs_queue" "by_name" {
  name                    = "shop-prod-by-name"
  sqs_managed_sse_enabled = true

  redrive_policy = jsonencode({
    deadLetterTargetArn = "arn:aws:sqs:${var.region}:111122223333:shop-prod-dead"
    maxReceiveCount     = 2
  })
}

# Dead-letter queues of a queue, of a function and of a destination, and by their own redrive_allow_policy.
resource "aws_sqs_queue" "dead" {
  name                    = "shop-prod-dead"
  sqs_managed_sse_enabled = true
}

resource "aws_sqs_queue" "failed" {
  name                    = "shop-prod-failed"
  sqs_managed_sse_enabled = true
}

resource "aws_sqs_queue" "undelivered" {
  name                    = "shop-prod-undelivered"
  sqs_managed_sse_enabled = true
}

resource "aws_sqs_queue" "says_so" {
  name                    = "shop-prod-says-so"
  sqs_managed_sse_enabled = true
  redrive_allow_policy    = jsonencode({ redrivePermission = "byQueue", sourceQueueArns = ["arn:aws:sqs:${var.region}:111122223333:x"] })
}

resource "aws_sqs_queue" "says_later" {
  name                    = "shop-prod-says-later"
  sqs_managed_sse_enabled = true
  redrive_allow_policy    = jsonencode({ redrivePermission = "byQueue", sourceQueueArns = [aws_sqs_queue.apart.arn] })
}

resource "aws_sqs_queue" "says_apart" {
  name                    = "shop-prod-says-apart"
  sqs_managed_sse_enabled = true
}

resource "aws_sqs_queue_redrive_allow_policy" "says_apart" {
  queue_url            = aws_sqs_queue.says_apart.id
  redrive_allow_policy = jsonencode({ redrivePermission = "allowAll" })
}

# Invoked through an alias, and with an empty argument.
resource "aws_lambda_function" "aliased" {
  function_name                  = "shop-prod-aliased"
  role                           = local.role
  runtime                        = "provided.al2023"
  handler                        = "bootstrap"
  filename                       = "function.zip"
  timeout                        = 30
  reserved_concurrent_executions = 2
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.aliased.function_name
  function_version = "1"
}

resource "aws_lambda_event_source_mapping" "aliased" {
  event_source_arn        = aws_sqs_queue.orders.arn
  function_name           = aws_lambda_alias.live.arn
  function_response_types = ["ReportBatchItemFailures"]
  starting_position       = null
}

# Mappings of a stream and of a queue with one for_each, as published modules have it. The queue of the other
# mapping is not a source of this one.
resource "aws_lambda_event_source_mapping" "either" {
  for_each = {
    queue  = { arn = aws_sqs_queue.slow.arn, position = null, types = ["ReportBatchItemFailures"] }
    stream = { arn = aws_kinesis_stream.orders.arn, position = "LATEST", types = [] }
  }
  event_source_arn        = each.value.arn
  function_name           = aws_lambda_function.worker.arn
  function_response_types = each.value.types
  starting_position       = each.value.position
  maximum_retry_attempts  = each.value.position == null ? null : 3
}

resource "aws_sqs_queue" "slow" {
  name                       = "shop-prod-slow"
  sqs_managed_sse_enabled    = true
  visibility_timeout_seconds = 600
  redrive_policy             = jsonencode({ deadLetterTargetArn = "arn:aws:sqs:${var.region}:111122223333:shop-prod-dead", maxReceiveCount = 3 })
}

# A stream, beside the queue for its failed records.
resource "aws_lambda_event_source_mapping" "failing" {
  for_each               = { stream = { arn = aws_kinesis_stream.orders.arn, failed = aws_sqs_queue.records.arn } }
  event_source_arn       = each.value.arn
  function_name          = aws_lambda_function.worker.arn
  starting_position      = "LATEST"
  maximum_retry_attempts = 3

  destination_config {
    on_failure {
      destination_arn = each.value.failed
    }
  }
}

resource "aws_sqs_queue" "records" {
  name                       = "shop-prod-records"
  sqs_managed_sse_enabled    = true
  visibility_timeout_seconds = 0
}

# Brokers, which have neither a starting position nor partial batch responses.
resource "aws_lambda_event_source_mapping" "broker" {
  event_source_arn = "arn:aws:mq:${var.region}:111122223333:broker:shop-prod:b-1"
  function_name    = aws_lambda_function.worker.arn
}

resource "aws_lambda_event_source_mapping" "table" {
  event_source_arn       = aws_kinesis_stream.orders.arn
  function_name          = aws_lambda_function.worker.arn
  maximum_retry_attempts = 3
}

# Functions with different time limits, each with the queue of the same key, and a queue for one of them.
module "function" {
  source   = "./function"
  for_each = { quick = 10, patient = 300 }

  name    = "shop-prod-${each.key}"
  role    = local.role
  timeout = each.value
}

module "queue" {
  source   = "./queue"
  for_each = { quick = 60, patient = 1800 }

  name                       = "shop-prod-${each.key}"
  function_name              = module.function[each.key].arn
  visibility_timeout_seconds = each.value
}

resource "aws_sqs_queue" "extra" {
  name                       = "shop-prod-extra"
  sqs_managed_sse_enabled    = true
  visibility_timeout_seconds = 60
  redrive_policy             = jsonencode({ deadLetterTargetArn = "arn:aws:sqs:${var.region}:111122223333:shop-prod-dead", maxReceiveCount = 3 })
}

resource "aws_lambda_event_source_mapping" "extra" {
  event_source_arn        = aws_sqs_queue.extra.arn
  function_name           = module.function["quick"].arn
  function_response_types = ["ReportBatchItemFailures"]
}

# A bus names its dead-letter queue, so that the plan shows it.
resource "aws_cloudwatch_event_bus" "orders" {
  name = "shop-prod-orders"

  dead_letter_config {
    arn = "arn:aws:sqs:${var.region}:111122223333:shop-prod-bus-dlq"
  }
}

resource "aws_sqs_queue" "bus_dlq" {
  name                    = "shop-prod-bus-dlq"
  sqs_managed_sse_enabled = true
  redrive_allow_policy    = jsonencode({ redrivePermission = "denyAll" })
}

# Callers that wait for the answer: an API and a load balancer.

resource "aws_lambda_function" "answer" {
  function_name                  = "shop-prod-answer"
  role                           = local.role
  runtime                        = "provided.al2023"
  handler                        = "bootstrap"
  s3_bucket                      = "shop-prod-code"
  s3_key                         = "worker.zip"
  timeout                        = 5
  memory_size                    = 128
  reserved_concurrent_executions = 2
}

resource "aws_lambda_permission" "answer_api" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.answer.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:aws:execute-api:${var.region}:111122223333:api/*"
}

resource "aws_lambda_permission" "answer_alb" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.answer.function_name
  principal     = "elasticloadbalancing.amazonaws.com"
  source_arn    = "arn:aws:execute-api:${var.region}:111122223333:api/*"
}
