# Everybody but one role can publish to the topic, because the document allows with not_principals.
# Source: CKV_AWS_169
# Fault at: aws_sns_topic_policy.notpr_fault
# Near miss at: aws_sns_topic_policy.notpr_near

data "aws_iam_policy_document" "notpr_a" {
  statement {
    effect    = "Allow"
    actions   = ["sns:Publish"]
    resources = ["arn:aws:sns:${var.region}:${var.account_id}:shop-prod-notices-a"]

    not_principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${var.account_id}:role/shop-prod-notices", "arn:aws:iam::${var.account_id}:root"]
    }
  }

  statement {
    sid       = "OnlyOverTls"
    effect    = "Deny"
    actions   = ["sns:Publish"]
    resources = ["arn:aws:sns:${var.region}:${var.account_id}:shop-prod-notices-a"]

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

resource "aws_sns_topic_policy" "notpr_fault" {
  arn    = "arn:aws:sns:${var.region}:${var.account_id}:shop-prod-notices-a"
  policy = data.aws_iam_policy_document.notpr_a.json
}

data "aws_iam_policy_document" "notpr_b" {
  statement {
    effect    = "Deny"
    actions   = ["sns:Publish"]
    resources = ["arn:aws:sns:${var.region}:${var.account_id}:shop-prod-notices-b"]

    not_principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${var.account_id}:role/shop-prod-notices", "arn:aws:iam::${var.account_id}:root"]
    }
  }

  statement {
    sid       = "OnlyOverTls"
    effect    = "Deny"
    actions   = ["sns:Publish"]
    resources = ["arn:aws:sns:${var.region}:${var.account_id}:shop-prod-notices-b"]

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

resource "aws_sns_topic_policy" "notpr_near" {
  arn    = "arn:aws:sns:${var.region}:${var.account_id}:shop-prod-notices-b"
  policy = data.aws_iam_policy_document.notpr_b.json
}
