variable "actions" {
  description = "What is allowed."
  type        = list(string)
}

variable "queue" {
  description = "ARN of the queue."
  type        = string
}

# Read during the apply, because the ARN of the queue is not known before.
data "aws_iam_policy_document" "this" {
  statement {
    actions   = ["sqs:ReceiveMessage"]
    resources = [var.queue]
  }

  statement {
    actions   = var.actions
    resources = ["*"]
  }
}

output "json" {
  value = data.aws_iam_policy_document.this.json
}
