# A known document overrides the statement of an unknown one and opens a topic to everybody.
# Source: CKV_AWS_169, SNS.4
# Fault at: aws_sns_topic_policy.known_over_fault
# Near miss at: aws_sns_topic_policy.known_over_near

resource "aws_kms_key" "known_over" {
  description             = "Topics"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_sns_topic" "known_over" {
  name              = "shop-prod-known-over"
  kms_master_key_id = aws_kms_key.known_over.arn
}

data "aws_iam_policy_document" "known_over_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "known_over" {
  name               = "shop-prod-known-over"
  assume_role_policy = data.aws_iam_policy_document.known_over_trust.json
}

data "aws_iam_policy_document" "known_over_open" {
  statement {
    sid       = "Publish"
    actions   = ["sns:Publish"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

data "aws_iam_policy_document" "known_over_org" {
  statement {
    sid       = "Publish"
    actions   = ["sns:Publish"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalOrgID"
      values   = ["o-a1b2c3d4e5"]
    }
  }
}

data "aws_iam_policy_document" "known_over_a" {
  override_policy_documents = [data.aws_iam_policy_document.known_over_open.json]

  statement {
    sid       = "Publish"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.known_over.arn]

    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.known_over.arn]
    }
  }
}

data "aws_iam_policy_document" "known_over_b" {
  override_policy_documents = [data.aws_iam_policy_document.known_over_org.json]

  statement {
    sid       = "Publish"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.known_over.arn]

    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.known_over.arn]
    }
  }
}

resource "aws_sns_topic_policy" "known_over_fault" {
  arn    = aws_sns_topic.known_over.arn
  policy = data.aws_iam_policy_document.known_over_a.json
}

resource "aws_sns_topic_policy" "known_over_near" {
  arn    = aws_sns_topic.known_over.arn
  policy = data.aws_iam_policy_document.known_over_b.json
}
