# The policy lets its holder create roles and attach policies as long as the roles have any boundary at all, even the administrator's.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-delegate
# Fault at: aws_iam_policy.any_boundary_will_do_fault
# Near miss at: aws_iam_policy.any_boundary_will_do_near

resource "aws_iam_policy" "boundary_that_counts" {
  name   = "shop-prod-boundary-that-counts"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["sqs:SendMessage"], Resource = "arn:aws:sqs:*:*:shop-prod-orders" }] })
}

data "aws_iam_policy_document" "any_boundary_will_do_fault" {
  statement {
    actions   = ["iam:CreateRole", "iam:AttachRolePolicy", "iam:PutRolePermissionsBoundary"]
    resources = ["arn:aws:iam::*:role/shop-prod-app-*"]
    condition {
      test     = "ArnLike"
      variable = "iam:PermissionsBoundary"
      values   = ["arn:aws:iam::*:policy/*"]
    }
  }
}

resource "aws_iam_policy" "any_boundary_will_do_fault" {
  name   = "shop-prod-any-boundary-will-do-fault"
  policy = data.aws_iam_policy_document.any_boundary_will_do_fault.json
}

data "aws_iam_policy_document" "any_boundary_will_do_near" {
  statement {
    actions   = ["iam:CreateRole", "iam:AttachRolePolicy", "iam:PutRolePermissionsBoundary"]
    resources = ["arn:aws:iam::*:role/shop-prod-app-*"]
    condition {
      test     = "StringEquals"
      variable = "iam:PermissionsBoundary"
      values   = [aws_iam_policy.boundary_that_counts.arn]
    }
  }
}

resource "aws_iam_policy" "any_boundary_will_do_near" {
  name   = "shop-prod-any-boundary-will-do-near"
  policy = data.aws_iam_policy_document.any_boundary_will_do_near.json
}
