# An unknown id decides at the apply that a topic gets the open one of two documents.
# Source: CKV_AWS_169, SNS.4
# Fault at: aws_sns_topic_policy.doc_cond_fault
# Near miss at: aws_sns_topic_policy.doc_cond_near

variable "doc_cond_open" {
  description = "Whether the topic is open."
  type        = bool
  default     = false
}

resource "aws_kms_key" "doc_cond" {
  description             = "Topics"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_sns_topic" "doc_cond" {
  name              = "shop-prod-doc-cond"
  kms_master_key_id = aws_kms_key.doc_cond.arn
}

data "aws_iam_policy_document" "doc_cond_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "doc_cond" {
  name               = "shop-prod-doc-cond"
  assume_role_policy = data.aws_iam_policy_document.doc_cond_trust.json
}

data "aws_iam_policy_document" "doc_cond_good" {
  statement {
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.doc_cond.arn]

    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.doc_cond.arn]
    }
  }
}

data "aws_iam_policy_document" "doc_cond_open" {
  statement {
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.doc_cond.arn]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

resource "aws_sns_topic_policy" "doc_cond_fault" {
  arn    = aws_sns_topic.doc_cond.arn
  policy = aws_sns_topic.doc_cond.id == "" ? data.aws_iam_policy_document.doc_cond_good.json : data.aws_iam_policy_document.doc_cond_open.json
}

resource "aws_sns_topic_policy" "doc_cond_near" {
  arn    = aws_sns_topic.doc_cond.arn
  policy = aws_sns_topic.doc_cond.id == "" ? data.aws_iam_policy_document.doc_cond_good.json : data.aws_iam_policy_document.doc_cond_good.minified_json
}
