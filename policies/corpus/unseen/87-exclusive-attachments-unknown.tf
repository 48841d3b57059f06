# The exclusive set of a role's policies is known only after the apply, and it holds the administrator's.
# Source: CKV_AWS_274
# Fault at: aws_iam_role_policy_attachments_exclusive.excl_fault
# Near miss at: aws_iam_role_policy_attachments_exclusive.excl_near

resource "terraform_data" "excl" {
  input = ["arn:aws:iam::aws:policy/AdministratorAccess"]
}

data "aws_iam_policy_document" "excl_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "excl" {
  name               = "shop-prod-excl"
  assume_role_policy = data.aws_iam_policy_document.excl_trust.json
}

data "aws_iam_policy_document" "excl" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::shop-prod-catalog/*"]
  }
}

resource "aws_iam_policy" "excl" {
  name   = "shop-prod-excl"
  policy = data.aws_iam_policy_document.excl.json
}

resource "aws_iam_role" "excl_b" {
  name               = "shop-prod-excl-b"
  assume_role_policy = data.aws_iam_policy_document.excl_trust.json
}

resource "aws_iam_role_policy_attachments_exclusive" "excl_fault" {
  role_name   = aws_iam_role.excl.name
  policy_arns = terraform_data.excl.output
}

resource "aws_iam_role_policy_attachments_exclusive" "excl_near" {
  role_name   = aws_iam_role.excl_b.name
  policy_arns = [aws_iam_policy.excl.arn, "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"]
}
