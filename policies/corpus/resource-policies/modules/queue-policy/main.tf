variable "queue" {
  description = "Name of the queue."
  type        = string
}

variable "region" {
  description = "Region of the queue."
  type        = string
}

variable "account_id" {
  description = "Account of the queue."
  type        = string
}

variable "senders" {
  description = "Accounts that may send."
  type        = list(string)
}

locals {
  arn = "arn:aws:sqs:${var.region}:${var.account_id}:${var.queue}"
}

resource "aws_sqs_queue_policy" "this" {
  queue_url = "https://sqs.${var.region}.amazonaws.com/${var.account_id}/${var.queue}"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = [for a in var.senders : "arn:aws:iam::${a}:root"] }
        Action    = "sqs:SendMessage"
        Resource  = local.arn
      },
      {
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = local.arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}
