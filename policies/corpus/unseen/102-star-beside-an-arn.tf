# A trust policy names a role of the plan and, beside it, everybody.
# Source: CKV_AWS_61
# Fault at: aws_iam_role.beside_fault
# Near miss at: aws_iam_role.beside_near

data "aws_iam_policy_document" "beside_one_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "beside_one" {
  name               = "shop-prod-beside-one"
  assume_role_policy = data.aws_iam_policy_document.beside_one_trust.json
}

data "aws_iam_policy_document" "beside_two_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "beside_two" {
  name               = "shop-prod-beside-two"
  assume_role_policy = data.aws_iam_policy_document.beside_two_trust.json
}

data "aws_iam_policy_document" "beside_a" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.beside_one.arn, "*"]
    }
  }
}

data "aws_iam_policy_document" "beside_b" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.beside_one.arn, aws_iam_role.beside_two.arn]
    }
  }
}

resource "aws_iam_role" "beside_fault" {
  name               = "shop-prod-beside-a"
  assume_role_policy = data.aws_iam_policy_document.beside_a.json
}

resource "aws_iam_role" "beside_near" {
  name               = "shop-prod-beside-b"
  assume_role_policy = data.aws_iam_policy_document.beside_b.json
}
