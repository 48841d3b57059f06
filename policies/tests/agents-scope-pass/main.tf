# What tenant-bot may change: queues of tenants, and everything in the module of tenant A.
resource "aws_sqs_queue" "failed" {
  name                    = "shop-dev-tenant-failed"
  sqs_managed_sse_enabled = true
}

resource "aws_sqs_queue" "orders" {
  name                    = "shop-dev-tenant-orders"
  sqs_managed_sse_enabled = true

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 3
  })
}

# A type of the scope without a name of its own.
resource "aws_sqs_queue_redrive_allow_policy" "failed" {
  queue_url = aws_sqs_queue.failed.url

  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.orders.arn]
  })
}

module "tenant_a" {
  source = "./tenant"
}
