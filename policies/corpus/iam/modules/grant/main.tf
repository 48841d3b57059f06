variable "name" {
  description = "Name of the policy."
  type        = string
}

variable "queue_arn" {
  description = "Queue that is read."
  type        = string
}

variable "extra" {
  description = "More documents."
  type        = list(string)
  default     = []
}

data "aws_iam_policy_document" "this" {
  source_policy_documents = var.extra
  statement {
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage"]
    resources = [var.queue_arn]
  }
}

resource "aws_iam_policy" "this" {
  name   = var.name
  policy = data.aws_iam_policy_document.this.json
}
