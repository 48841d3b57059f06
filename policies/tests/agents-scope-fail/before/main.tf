resource "aws_sqs_queue" "gone" {
  name                    = "shop-dev-billing"
  sqs_managed_sse_enabled = true
}

resource "aws_sqs_queue" "taken" {
  name                    = "shop-dev-billing-failed"
  sqs_managed_sse_enabled = true
}
