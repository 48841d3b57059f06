# Applying the plan invokes a function that already runs in production.
# Source: https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lambda_invocation
# Fault at: aws_lambda_invocation.linv_fault
# Near miss at: aws_lambda_function_event_invoke_config.linv_near

resource "aws_lambda_invocation" "linv_fault" {
  function_name   = "shop-prod-purge"
  lifecycle_scope = "CRUD"
  input           = jsonencode({ table = "orders", mode = "truncate" })
}

# Configures asynchronous invocations, runs nothing.
resource "aws_lambda_function_event_invoke_config" "linv_near" {
  function_name                = "shop-prod-purge"
  maximum_event_age_in_seconds = 3600
  maximum_retry_attempts       = 1

  destination_config {
    on_failure {
      destination = aws_sqs_queue.linv_failed.arn
    }
  }
}

resource "aws_sqs_queue" "linv_failed" {
  name                    = "shop-prod-linv-failed"
  sqs_managed_sse_enabled = true
}
