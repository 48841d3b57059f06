# One of two instances of a topic policy lets everybody publish, and the other one does not.
# Source: CKV_AWS_169, SNS.4
# Fault at: aws_sns_topic_policy.prec_policy["partners"]
# Near miss at: aws_sns_topic_policy.prec_policy["orders"]

resource "aws_kms_key" "prec" {
  description             = "Topics"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

data "aws_iam_policy_document" "prec_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "prec" {
  name               = "shop-prod-prec"
  assume_role_policy = data.aws_iam_policy_document.prec_trust.json
}

locals {
  prec = {
    orders   = { type = "AWS", id = aws_iam_role.prec.arn }
    partners = { type = "AWS", id = "*" }
  }
}

resource "aws_sns_topic" "prec" {
  for_each          = toset(["orders", "partners"])
  name              = "shop-prod-prec-${each.key}"
  kms_master_key_id = aws_kms_key.prec.arn
}

data "aws_iam_policy_document" "prec" {
  for_each = local.prec

  statement {
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.prec[each.key].arn]

    principals {
      type        = each.value.type
      identifiers = [each.value.id]
    }
  }
}

resource "aws_sns_topic_policy" "prec_policy" {
  for_each = aws_sns_topic.prec

  arn    = each.value.arn
  policy = data.aws_iam_policy_document.prec[each.key].json
}
