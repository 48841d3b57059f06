# The policy lets its holder become any role of any account that trusts him.
# Source: pathfinding.cloud sts-001, CKV_AWS_61
# Fault at: aws_iam_policy.assume_anything_fault
# Near miss at: aws_iam_policy.assume_anything_near

resource "aws_iam_role" "assume_target" {
  name = "shop-prod-assume-target"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

data "aws_iam_policy_document" "assume_anything_fault" {
  statement {
    actions   = ["sts:Assume?ole"]
    resources = ["arn:aws:iam::*:role/?*"]
  }
}

resource "aws_iam_policy" "assume_anything_fault" {
  name   = "shop-prod-assume-anything-fault"
  policy = data.aws_iam_policy_document.assume_anything_fault.json
}

data "aws_iam_policy_document" "assume_anything_near" {
  statement {
    actions   = ["sts:AssumeRole", "sts:TagSession"]
    resources = [aws_iam_role.assume_target.arn]
  }
}

resource "aws_iam_policy" "assume_anything_near" {
  name   = "shop-prod-assume-anything-near"
  policy = data.aws_iam_policy_document.assume_anything_near.json
}
