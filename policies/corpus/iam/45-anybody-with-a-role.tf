# Every role of every AWS account may become this role.
# Source: CKV_AWS_60, CKV_AWS_61
# Fault at: aws_iam_role.anybody_with_a_role_fault
# Near miss at: aws_iam_role.anybody_with_a_role_near

resource "aws_iam_role" "anybody_deployer" {
  name = "shop-prod-anybody-deployer"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

data "aws_iam_policy_document" "anybody_with_a_role_fault" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "ArnLike"
      variable = "aws:PrincipalArn"
      values   = ["arn:aws:iam::*:role/*"]
    }
  }
}

resource "aws_iam_role" "anybody_with_a_role_fault" {
  name               = "shop-prod-anybody-with-a-role-fault"
  assume_role_policy = data.aws_iam_policy_document.anybody_with_a_role_fault.json
}

data "aws_iam_policy_document" "anybody_with_a_role_near" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.anybody_deployer.arn]
    }
  }
  statement {
    effect  = "Deny"
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "ArnNotEquals"
      variable = "aws:PrincipalArn"
      values   = [aws_iam_role.anybody_deployer.arn]
    }
  }
}

resource "aws_iam_role" "anybody_with_a_role_near" {
  name               = "shop-prod-anybody-with-a-role-near"
  assume_role_policy = data.aws_iam_policy_document.anybody_with_a_role_near.json
}
