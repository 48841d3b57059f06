# Proposed by a person, Headgate's own resources take an operator. The same plan from an agent is blocked.
resource "aws_sqs_queue" "intake" {
  name                    = "headgate-prod-intake"
  sqs_managed_sse_enabled = true
  redrive_allow_policy    = jsonencode({ redrivePermission = "allowAll" })
}
