# The policy allows everything, in a text that Terraform cannot show before it applies.
# Source: CKV_AWS_62, CKV_AWS_63
# Fault at: aws_iam_policy.unknown_fault
# Near miss at: aws_iam_policy.unknown_near

resource "aws_sqs_queue" "unknown_orders" {
  name                    = "shop-prod-unknown-orders"
  sqs_managed_sse_enabled = true
}

resource "aws_iam_policy" "unknown_fault" {
  name = "shop-prod-unknown-fault"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.unknown_orders.arn },
      { Effect = "Allow", Action = "*", Resource = "*" },
    ]
  })
}

data "aws_iam_policy_document" "unknown_near" {
  statement {
    actions   = ["sqs:SendMessage", "sqs:GetQueueAttributes"]
    resources = [aws_sqs_queue.unknown_orders.arn]
  }
  statement {
    actions   = ["sqs:ListQueues", "cloudwatch:PutMetricData", "ecr:GetAuthorizationToken"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "unknown_near" {
  name   = "shop-prod-unknown-near"
  policy = data.aws_iam_policy_document.unknown_near.json
}
