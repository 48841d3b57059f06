# A generated statement of the document allows every identity action.
# Source: CKV_AWS_286, CKV_AWS_109
# Fault at: aws_iam_policy.generated_fault
# Near miss at: aws_iam_policy.generated_near

resource "aws_sqs_queue" "generated_orders" {
  name                    = "shop-prod-generated-orders"
  sqs_managed_sse_enabled = true
}

variable "generated_grants" {
  description = "Actions and resources of the agents."
  type        = map(object({ actions = list(string), resources = list(string) }))
  default = {
    read = { actions = ["s3:GetObject"], resources = ["arn:aws:s3:::shop-prod-orders/*"] }
    more = { actions = ["iam:*"], resources = ["*"] }
  }
}

data "aws_iam_policy_document" "generated_fault" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.generated_orders.arn]
  }
  dynamic "statement" {
    for_each = var.generated_grants
    content {
      sid       = statement.key
      actions   = statement.value.actions
      resources = statement.value.resources
    }
  }
}

data "aws_iam_policy_document" "generated_near" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.generated_orders.arn]
  }
  dynamic "statement" {
    for_each = { for k, v in var.generated_grants : k => v if k == "read" }
    content {
      sid       = statement.key
      actions   = statement.value.actions
      resources = statement.value.resources
    }
  }
}

resource "aws_iam_policy" "generated_fault" {
  name   = "shop-prod-generated-fault"
  policy = data.aws_iam_policy_document.generated_fault.json
}

resource "aws_iam_policy" "generated_near" {
  name   = "shop-prod-generated-near"
  policy = data.aws_iam_policy_document.generated_near.json
}
