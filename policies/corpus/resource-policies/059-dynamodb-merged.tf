# A role of a foreign account may do everything with the table, because of a statement that is merged into the policy.
# Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-cross-account-access.html
# Fault at: aws_dynamodb_resource_policy.merged_fault
# Near miss at: aws_dynamodb_resource_policy.merged_near

locals {
  respol_table_a = "arn:aws:dynamodb:${var.region}:${var.account_id}:table/shop-prod-orders-a"
  respol_table_b = "arn:aws:dynamodb:${var.region}:${var.account_id}:table/shop-prod-orders-b"
}

data "aws_iam_policy_document" "table_own" {
  statement {
    sid       = "Own"
    actions   = ["dynamodb:GetItem", "dynamodb:Query"]
    resources = [local.respol_table_a]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${var.account_id}:role/shop-prod-orders"]
    }
  }
}

data "aws_iam_policy_document" "table_partner" {
  statement {
    sid       = "Reports"
    actions   = ["dynamodb:*"]
    resources = [local.respol_table_a]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::999988887777:role/reports"]
    }
  }
}

data "aws_iam_policy_document" "table_merged" {
  source_policy_documents = [
    data.aws_iam_policy_document.table_own.json,
    data.aws_iam_policy_document.table_partner.json,
  ]
}

resource "aws_dynamodb_resource_policy" "merged_fault" {
  resource_arn = local.respol_table_a
  policy       = data.aws_iam_policy_document.table_merged.json
}

data "aws_iam_policy_document" "table_org" {
  statement {
    sid       = "Reports"
    actions   = ["dynamodb:GetItem", "dynamodb:Query"]
    resources = [local.respol_table_b, "${local.respol_table_b}/index/*"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalAccount"
      values   = [var.account_id]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:PrincipalArn"
      values   = ["arn:aws:iam::*:role/shop-prod-reports"]
    }
  }
}

resource "aws_dynamodb_resource_policy" "merged_near" {
  resource_arn = local.respol_table_b
  policy       = data.aws_iam_policy_document.table_org.json
}
