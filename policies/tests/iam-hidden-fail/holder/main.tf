variable "given" {
  description = "Documents of others."
  type        = map(string)
  default     = {}
}

variable "actions" {
  description = "What is allowed."
  type        = list(string)
}

variable "queue" {
  description = "ARN of the queue."
  type        = string
}

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

resource "aws_iam_policy" "this" {
  for_each = var.given

  name   = "shop-prod-held-${each.key}"
  policy = each.value != "" ? each.value : data.aws_iam_policy_document.this.json
}

output "json" {
  value = data.aws_iam_policy_document.this.json
}
