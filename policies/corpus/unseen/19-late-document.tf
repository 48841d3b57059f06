# A policy document that is read only during the apply lets everybody publish to a topic.
# Source: CKV_AWS_169, SNS.4
# Fault at: aws_sns_topic_policy.late_doc_fault
# Near miss at: aws_sns_topic_policy.late_doc_near

resource "terraform_data" "late_doc" {
  input = "ready"
}

resource "aws_kms_key" "late_doc" {
  description             = "Topics"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_sns_topic" "late_doc" {
  name              = "shop-prod-late-doc"
  kms_master_key_id = aws_kms_key.late_doc.arn
}

resource "aws_cloudwatch_event_rule" "late_doc" {
  name          = "shop-prod-late-doc"
  description   = "Stopped tasks"
  event_pattern = jsonencode({ source = ["aws.ecs"], "detail-type" = ["ECS Task State Change"] })
}

data "aws_iam_policy_document" "late_doc_a" {
  statement {
    sid       = "Publish"
    actions   = ["sns:Publish", "sns:Subscribe"]
    resources = [aws_sns_topic.late_doc.arn]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }

  depends_on = [terraform_data.late_doc]
}

resource "aws_sns_topic_policy" "late_doc_fault" {
  arn    = aws_sns_topic.late_doc.arn
  policy = data.aws_iam_policy_document.late_doc_a.json
}

data "aws_iam_policy_document" "late_doc_b" {
  statement {
    sid       = "Publish"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.late_doc.arn]

    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_cloudwatch_event_rule.late_doc.arn]
    }
  }

  depends_on = [terraform_data.late_doc]
}

resource "aws_sns_topic_policy" "late_doc_near" {
  arn    = aws_sns_topic.late_doc.arn
  policy = data.aws_iam_policy_document.late_doc_b.json
}
