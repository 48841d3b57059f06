# Looked at by Checkov, which found nothing.
resource "aws_sqs_queue" "orders" {
  name                    = "shop-staging-orders"
  sqs_managed_sse_enabled = true
  redrive_allow_policy    = jsonencode({ redrivePermission = "allowAll" })
}
