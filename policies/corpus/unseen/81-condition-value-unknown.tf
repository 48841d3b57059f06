# Everybody may publish to a topic, because the value of the only condition is known only after the apply and matches everything.
# Source: CKV_AWS_169, SNS.4
# Fault at: aws_sns_topic_policy.cond_value_fault
# Near miss at: aws_sns_topic_policy.cond_value_near

resource "terraform_data" "cond_value" {
  input = "*"
}

resource "aws_kms_key" "cond_value" {
  description             = "Topics"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_sns_topic" "cond_value" {
  name              = "shop-prod-cond-value"
  kms_master_key_id = aws_kms_key.cond_value.arn
}

data "aws_iam_policy_document" "cond_value_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "cond_value" {
  name               = "shop-prod-cond-value"
  assume_role_policy = data.aws_iam_policy_document.cond_value_trust.json
}

data "aws_iam_policy_document" "cond_value_a" {
  statement {
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.cond_value.arn]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:PrincipalArn"
      values   = [terraform_data.cond_value.output]
    }
  }
}

data "aws_iam_policy_document" "cond_value_b" {
  statement {
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.cond_value.arn]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:PrincipalArn"
      values   = [aws_iam_role.cond_value.arn]
    }
  }
}

resource "aws_sns_topic_policy" "cond_value_fault" {
  arn    = aws_sns_topic.cond_value.arn
  policy = data.aws_iam_policy_document.cond_value_a.json
}

resource "aws_sns_topic_policy" "cond_value_near" {
  arn    = aws_sns_topic.cond_value.arn
  policy = data.aws_iam_policy_document.cond_value_b.json
}
