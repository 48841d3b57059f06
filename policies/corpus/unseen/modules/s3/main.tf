variable "bucket" {
  description = "Name of the bucket."
  type        = string
}

variable "attach_policy" {
  description = "Whether policy is attached."
  type        = bool
  default     = false
}

variable "policy" {
  description = "More statements for the bucket policy."
  type        = string
  default     = null
}

variable "attach_deny_insecure_transport_policy" {
  description = "Whether requests without TLS are denied."
  type        = bool
  default     = true
}

resource "aws_s3_bucket" "this" {
  count  = 1
  bucket = var.bucket
}

data "aws_iam_policy_document" "deny_insecure_transport" {
  count = var.attach_deny_insecure_transport_policy ? 1 : 0

  statement {
    sid     = "denyInsecureTransport"
    effect  = "Deny"
    actions = ["s3:*"]

    resources = [
      aws_s3_bucket.this[0].arn,
      "${aws_s3_bucket.this[0].arn}/*",
    ]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

data "aws_iam_policy_document" "combined" {
  count = 1

  source_policy_documents = compact([
    var.attach_deny_insecure_transport_policy ? data.aws_iam_policy_document.deny_insecure_transport[0].json : "",
    var.attach_policy ? var.policy : "",
  ])
}

resource "aws_s3_bucket_policy" "this" {
  count  = 1
  bucket = aws_s3_bucket.this[0].id
  policy = data.aws_iam_policy_document.combined[0].json
}
