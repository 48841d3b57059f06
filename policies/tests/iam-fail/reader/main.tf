variable "name" {
  description = "Name of the policy."
  type        = string
}

variable "resources" {
  description = "What may be read."
  type        = list(string)
}

resource "aws_sqs_queue" "this" {
  name                    = var.name
  sqs_managed_sse_enabled = true
  redrive_allow_policy    = jsonencode({ redrivePermission = "allowAll" })
}

# Read during the apply, because one statement has the ARN of the queue.
data "aws_iam_policy_document" "this" {
  statement {
    actions   = ["sqs:ReceiveMessage"]
    resources = [aws_sqs_queue.this.arn]
  }

  statement {
    actions   = ["s3:GetObject"]
    resources = var.resources
  }
}

resource "aws_iam_policy" "this" {
  name   = var.name
  policy = data.aws_iam_policy_document.this.json
}
