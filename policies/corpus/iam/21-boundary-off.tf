# The policy lets its holder remove the permissions boundary of every role of the shop.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
# Fault at: aws_iam_policy.boundary_off_fault
# Near miss at: aws_iam_policy.boundary_off_near

resource "aws_iam_policy" "boundary_for_apps" {
  name   = "shop-prod-boundary-for-apps"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["sqs:SendMessage"], Resource = "arn:aws:sqs:*:*:shop-prod-*" }] })
}

data "aws_iam_policy_document" "boundary_off_fault" {
  statement {
    actions   = ["iam:DeleteRolePermissionsBoundary", "iam:GetRole"]
    resources = ["arn:aws:iam::*:role/shop-prod-*"]
  }
}

resource "aws_iam_policy" "boundary_off_fault" {
  name   = "shop-prod-boundary-off-fault"
  policy = data.aws_iam_policy_document.boundary_off_fault.json
}

data "aws_iam_policy_document" "boundary_off_near" {
  statement {
    actions   = ["iam:CreateRole"]
    resources = ["arn:aws:iam::*:role/shop-prod-app-*"]
    condition {
      test     = "StringEquals"
      variable = "iam:PermissionsBoundary"
      values   = [aws_iam_policy.boundary_for_apps.arn]
    }
  }
}

resource "aws_iam_policy" "boundary_off_near" {
  name   = "shop-prod-boundary-off-near"
  policy = data.aws_iam_policy_document.boundary_off_near.json
}
