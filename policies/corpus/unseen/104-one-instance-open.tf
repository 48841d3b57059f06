# One of two generated topic policies lets everybody publish.
# Source: CKV_AWS_169, SNS.4
# Fault at: aws_sns_topic_policy.inst_fault["partners"]
# Near miss at: aws_sns_topic_policy.inst_near["orders"]
# Near miss at: aws_sns_topic_policy.inst_near["returns"]

resource "aws_kms_key" "inst" {
  description             = "Topics"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

data "aws_iam_policy_document" "inst_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "inst" {
  name               = "shop-prod-inst"
  assume_role_policy = data.aws_iam_policy_document.inst_trust.json
}

locals {
  inst = {
    orders   = { type = "AWS", id = aws_iam_role.inst.arn }
    partners = { type = "AWS", id = "*" }
  }
}

resource "aws_sns_topic" "inst" {
  for_each          = toset(["orders", "partners"])
  name              = "shop-prod-inst-${each.key}"
  kms_master_key_id = aws_kms_key.inst.arn
}

data "aws_iam_policy_document" "inst" {
  for_each = local.inst

  statement {
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.inst[each.key].arn]

    principals {
      type        = each.value.type
      identifiers = [each.value.id]
    }
  }
}

resource "aws_sns_topic_policy" "inst_fault" {
  for_each = aws_sns_topic.inst

  arn    = each.value.arn
  policy = data.aws_iam_policy_document.inst[each.key].json
}

resource "aws_sns_topic" "inst_b" {
  for_each          = toset(["orders", "returns"])
  name              = "shop-prod-inst-b-${each.key}"
  kms_master_key_id = aws_kms_key.inst.arn
}

data "aws_iam_policy_document" "inst_b" {
  for_each = aws_sns_topic.inst_b

  statement {
    actions   = ["sns:Publish"]
    resources = [each.value.arn]

    principals {
      type        = local.inst["orders"].type
      identifiers = [local.inst["orders"].id]
    }
  }
}

resource "aws_sns_topic_policy" "inst_near" {
  for_each = aws_sns_topic.inst_b

  arn    = each.value.arn
  policy = data.aws_iam_policy_document.inst_b[each.key].json
}
