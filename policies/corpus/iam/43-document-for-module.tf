# The caller hands the module a document that lets the holder write policies of every role.
# Source: pathfinding.cloud iam-005
# Fault at: module.agent_fault.aws_iam_policy.this
# Near miss at: module.agent_near.aws_iam_policy.this

resource "aws_sqs_queue" "agent_jobs" {
  name                    = "shop-prod-agent-jobs"
  sqs_managed_sse_enabled = true
}

module "agent_fault" {
  source    = "./modules/grant"
  name      = "shop-prod-agent-fault"
  queue_arn = aws_sqs_queue.agent_jobs.arn
  extra     = [jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["iam:PutRolePolicy", "iam:GetRole"], Resource = ["*"] }] })]
}

module "agent_near" {
  source    = "./modules/grant"
  name      = "shop-prod-agent-near"
  queue_arn = aws_sqs_queue.agent_jobs.arn
  extra     = [jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["iam:GetRolePolicy", "iam:GetRole"], Resource = ["arn:aws:iam::*:role/shop-prod-agent-*"] }] })]
}
