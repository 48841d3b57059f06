variable "topic_arn" {
  description = "Topic."
  type        = string
}

variable "principal" {
  description = "Type and identifier of who may publish."
  type        = object({ type = optional(string, "Service"), id = string })
}

data "aws_iam_policy_document" "this" {
  statement {
    actions   = ["sns:Publish"]
    resources = [var.topic_arn]

    principals {
      type        = var.principal.type
      identifiers = [var.principal.id]
    }
  }
}

output "json" {
  description = "The document."
  value       = data.aws_iam_policy_document.this.json
}
