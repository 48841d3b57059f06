# The policy lets its holder become any role whose name begins with the letter s.
# Source: pathfinding.cloud sts-001
# Fault at: aws_iam_policy.become_the_shop_fault
# Near miss at: aws_iam_policy.become_the_shop_near

data "aws_iam_policy_document" "become_the_shop_fault" {
  statement {
    actions   = ["sts:AssumeRole"]
    resources = ["arn:aws:iam::*:role/s*"]
  }
}

resource "aws_iam_policy" "become_the_shop_fault" {
  name   = "shop-prod-become-the-shop-fault"
  policy = data.aws_iam_policy_document.become_the_shop_fault.json
}

data "aws_iam_policy_document" "become_the_shop_near" {
  statement {
    actions   = ["sts:AssumeRole"]
    resources = ["arn:aws:iam::*:role/shop-prod-reports-reader"]
  }
}

resource "aws_iam_policy" "become_the_shop_near" {
  name   = "shop-prod-become-the-shop-near"
  policy = data.aws_iam_policy_document.become_the_shop_near.json
}
