# The check of the repository also holds when the token names no repository.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
# Fault at: aws_iam_role.all_of_nothing_fault
# Near miss at: aws_iam_role.all_of_nothing_near

resource "aws_iam_openid_connect_provider" "nothing_github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

data "aws_iam_policy_document" "all_of_nothing_fault" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.nothing_github.arn]
    }
    condition {
      test     = "ForAllValues:StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }
    condition {
      test     = "ForAllValues:StringLike"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:acme-shop/orders:*"]
    }
  }
}

resource "aws_iam_role" "all_of_nothing_fault" {
  name               = "shop-prod-all-of-nothing-fault"
  assume_role_policy = data.aws_iam_policy_document.all_of_nothing_fault.json
}

data "aws_iam_policy_document" "all_of_nothing_near" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.nothing_github.arn]
    }
    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }
    condition {
      test     = "ForAnyValue:StringEquals"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:acme-shop/orders:environment:prod"]
    }
  }
}

resource "aws_iam_role" "all_of_nothing_near" {
  name               = "shop-prod-all-of-nothing-near"
  assume_role_policy = data.aws_iam_policy_document.all_of_nothing_near.json
}
