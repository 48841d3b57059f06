# The permissions boundary of a role is known only after the apply, and it bounds nothing.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
# Fault at: aws_iam_role.bound_unknown_fault
# Near miss at: aws_iam_role.bound_unknown_near

resource "terraform_data" "bound_unknown" {
  input = "arn:aws:iam::aws:policy/AdministratorAccess"
}

data "aws_iam_policy_document" "bound_unknown_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "bound_unknown" {
  statement {
    actions   = ["s3:GetObject", "s3:PutObject"]
    resources = ["arn:aws:s3:::shop-prod-catalog/*"]
  }
}

resource "aws_iam_policy" "bound_unknown" {
  name   = "shop-prod-boundary"
  policy = data.aws_iam_policy_document.bound_unknown.json
}

resource "aws_iam_role" "bound_unknown_fault" {
  assume_role_policy   = data.aws_iam_policy_document.bound_unknown_trust.json
  name                 = "shop-prod-bound-unknown-a"
  permissions_boundary = terraform_data.bound_unknown.output
}

resource "aws_iam_role" "bound_unknown_near" {
  assume_role_policy   = data.aws_iam_policy_document.bound_unknown_trust.json
  name                 = "shop-prod-bound-unknown-b"
  permissions_boundary = aws_iam_policy.bound_unknown.arn
}
