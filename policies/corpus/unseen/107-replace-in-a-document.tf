# The role in an unknown document is replaced by everybody at the apply.
# Source: CKV_AWS_169, SNS.4
# Fault at: aws_sns_topic_policy.doc_repl_fault
# Near miss at: aws_sns_topic_policy.doc_repl_near

resource "aws_kms_key" "doc_repl" {
  description             = "Topics"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_sns_topic" "doc_repl" {
  name              = "shop-prod-doc-repl"
  kms_master_key_id = aws_kms_key.doc_repl.arn
}

data "aws_iam_policy_document" "doc_repl_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "doc_repl" {
  name               = "shop-prod-doc-repl"
  assume_role_policy = data.aws_iam_policy_document.doc_repl_trust.json
}

data "aws_iam_policy_document" "doc_repl" {
  statement {
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.doc_repl.arn]

    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.doc_repl.arn]
    }
  }
}

resource "aws_sns_topic_policy" "doc_repl_fault" {
  arn    = aws_sns_topic.doc_repl.arn
  policy = replace(data.aws_iam_policy_document.doc_repl.json, "/arn:aws:iam::[^\"]+/", "*")
}

resource "aws_sns_topic_policy" "doc_repl_near" {
  arn    = aws_sns_topic.doc_repl.arn
  policy = data.aws_iam_policy_document.doc_repl.json
}
