# The allowed actions and resources come out of a helper resource, which hides until the apply that they are all.
# Source: CKV_AWS_62, CKV_AWS_63
# Fault at: aws_iam_policy.actions_through_a_store_fault
# Near miss at: aws_iam_policy.actions_through_a_store_near

resource "terraform_data" "everything" {
  input = "*"
}

resource "aws_sqs_queue" "everything_orders" {
  name                    = "shop-prod-everything-orders"
  sqs_managed_sse_enabled = true
}

data "aws_iam_policy_document" "actions_through_a_store_fault" {
  statement {
    actions   = [terraform_data.everything.output]
    resources = [terraform_data.everything.output]
  }
}

resource "aws_iam_policy" "actions_through_a_store_fault" {
  name   = "shop-prod-actions-through-a-store-fault"
  policy = data.aws_iam_policy_document.actions_through_a_store_fault.json
}

data "aws_iam_policy_document" "actions_through_a_store_near" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.everything_orders.arn]
  }
}

resource "aws_iam_policy" "actions_through_a_store_near" {
  name   = "shop-prod-actions-through-a-store-near"
  policy = data.aws_iam_policy_document.actions_through_a_store_near.json
}
