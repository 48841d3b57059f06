# The statements of a topic's policy are generated from a map that is known only after the apply.
# Source: CKV_AWS_169, SNS.4
# Fault at: aws_sns_topic_policy.dyn_stmt_fault
# Near miss at: aws_sns_topic_policy.dyn_stmt_near

resource "terraform_data" "dyn_stmt" {
  input = { Partner = "*" }
}

resource "aws_kms_key" "dyn_stmt" {
  description             = "Topics"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_sns_topic" "dyn_stmt" {
  name              = "shop-prod-dyn-stmt"
  kms_master_key_id = aws_kms_key.dyn_stmt.arn
}

data "aws_iam_policy_document" "dyn_stmt_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "dyn_stmt" {
  name               = "shop-prod-dyn-stmt"
  assume_role_policy = data.aws_iam_policy_document.dyn_stmt_trust.json
}

data "aws_iam_policy_document" "dyn_stmt_a" {
  dynamic "statement" {
    for_each = terraform_data.dyn_stmt.output

    content {
      sid       = statement.key
      actions   = ["sns:Publish"]
      resources = [aws_sns_topic.dyn_stmt.arn]

      principals {
        type        = "AWS"
        identifiers = [statement.value]
      }
    }
  }
}

data "aws_iam_policy_document" "dyn_stmt_b" {
  dynamic "statement" {
    for_each = { Orders = aws_iam_role.dyn_stmt.arn }

    content {
      sid       = statement.key
      actions   = ["sns:Publish"]
      resources = [aws_sns_topic.dyn_stmt.arn]

      principals {
        type        = "AWS"
        identifiers = [statement.value]
      }
    }
  }
}

resource "aws_sns_topic_policy" "dyn_stmt_fault" {
  arn    = aws_sns_topic.dyn_stmt.arn
  policy = data.aws_iam_policy_document.dyn_stmt_a.json
}

resource "aws_sns_topic_policy" "dyn_stmt_near" {
  arn    = aws_sns_topic.dyn_stmt.arn
  policy = data.aws_iam_policy_document.dyn_stmt_b.json
}
