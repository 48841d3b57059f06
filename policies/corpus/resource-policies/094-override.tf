# Everybody can receive messages, because a second document overrides the statement that allowed one role.
# Source: CKV_AWS_168
# Fault at: aws_sqs_queue_policy.override_fault
# Near miss at: aws_sqs_queue_policy.override_near

data "aws_iam_policy_document" "override_a" {
  statement {
    sid       = "Receive"
    actions   = ["sqs:ReceiveMessage"]
    resources = ["arn:aws:sqs:${var.region}:${var.account_id}:shop-prod-override-a"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${var.account_id}:role/shop-prod-returns"]
    }
  }

  statement {
    sid       = "OnlyOverTls"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = ["arn:aws:sqs:${var.region}:${var.account_id}:shop-prod-override-a"]

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

  override_policy_documents = [data.aws_iam_policy_document.override_a_patch.json]
}

data "aws_iam_policy_document" "override_a_patch" {
  statement {
    sid       = "Receive"
    actions   = ["sqs:ReceiveMessage"]
    resources = ["arn:aws:sqs:${var.region}:${var.account_id}:shop-prod-override-a"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

resource "aws_sqs_queue_policy" "override_fault" {
  queue_url = "https://sqs.${var.region}.amazonaws.com/${var.account_id}/shop-prod-override-a"
  policy    = data.aws_iam_policy_document.override_a.json
}

data "aws_iam_policy_document" "override_b" {
  statement {
    sid       = "Receive"
    actions   = ["sqs:ReceiveMessage"]
    resources = ["arn:aws:sqs:${var.region}:${var.account_id}:shop-prod-override-b"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${var.account_id}:role/shop-prod-returns"]
    }
  }

  statement {
    sid       = "OnlyOverTls"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = ["arn:aws:sqs:${var.region}:${var.account_id}:shop-prod-override-b"]

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

  override_policy_documents = [data.aws_iam_policy_document.override_b_patch.json]
}

data "aws_iam_policy_document" "override_b_patch" {
  statement {
    sid       = "Receive"
    actions   = ["sqs:ReceiveMessage"]
    resources = ["arn:aws:sqs:${var.region}:${var.account_id}:shop-prod-override-b"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:PrincipalArn"
      values   = ["arn:aws:iam::${var.account_id}:role/shop-prod-returns"]
    }
  }
}

resource "aws_sqs_queue_policy" "override_near" {
  queue_url = "https://sqs.${var.region}.amazonaws.com/${var.account_id}/shop-prod-override-b"
  policy    = data.aws_iam_policy_document.override_b.json
}
