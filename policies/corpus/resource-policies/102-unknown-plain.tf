# Everybody can receive messages; the policy is only computed while it is applied.
# Source: CKV_AWS_168
# Fault at: aws_sqs_queue_policy.plain_fault
# Near miss at: aws_sqs_queue_policy.plain_near

resource "aws_sqs_queue" "plain_a" {
  name = "shop-prod-plain-a"
}

data "aws_iam_policy_document" "plain_a" {
  statement {
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage"]
    resources = [aws_sqs_queue.plain_a.arn]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "StringNotLike"
      variable = "aws:PrincipalOrgID"
      values   = [var.org_id]
    }
  }

  statement {
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = [aws_sqs_queue.plain_a.arn]

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

resource "aws_sqs_queue_policy" "plain_fault" {
  queue_url = aws_sqs_queue.plain_a.id
  policy    = data.aws_iam_policy_document.plain_a.json
}

resource "aws_sqs_queue" "plain_b" {
  name = "shop-prod-plain-b"
}

data "aws_iam_policy_document" "plain_b" {
  statement {
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage"]
    resources = [aws_sqs_queue.plain_b.arn]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalOrgID"
      values   = [var.org_id]
    }
  }

  statement {
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = [aws_sqs_queue.plain_b.arn]

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

resource "aws_sqs_queue_policy" "plain_near" {
  queue_url = aws_sqs_queue.plain_b.id
  policy    = data.aws_iam_policy_document.plain_b.json
}
