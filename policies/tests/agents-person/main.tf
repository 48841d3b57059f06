# If a person proposes to change Headgate's own resources, an operator must approve. An agent is blocked.
resource "aws_sqs_queue" "intake" {
  name                    = "headgate-prod-intake"
  sqs_managed_sse_enabled = true
  redrive_allow_policy    = jsonencode({ redrivePermission = "allowAll" })
}
